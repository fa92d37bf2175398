package clawsec.ctl.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Words for failures of the world; the JDK's own are often nothing but a path. */
public final class FailureText {
    private FailureText() {}

    /** The file, where the failure has one, and what is wrong. */
    public static String of(IOException failure) {
        return failure instanceof FileSystemException named && named.getFile() != null
                ? named.getFile() + ": " + words(failure)
                : words(failure);
    }

    /** As {@link #of}, with what to do where that is known. */
    public static String withRemedy(IOException failure) {
        String text = of(failure);
        if (failure instanceof AccessDeniedException) {
            return text
                    + "; run this as the user it belongs to, or set log_dir to a folder of your"
                    + " own";
        }
        if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
            return text + "; free some space there, or set log_dir to a folder on another disk";
        }
        return text.contains("Too many open files")
                ? text + "; allow this process more of them, as with: ulimit -n 65536"
                : text;
    }

    /** What is wrong. */
    public static String words(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "no such file or folder";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
