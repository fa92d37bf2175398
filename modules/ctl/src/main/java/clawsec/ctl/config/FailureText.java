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
