package clawsec.log;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Words for file failures; the JDK's own messages are often nothing but the path. */
final class Failures {
    private Failures() {}

    /** What went wrong, without the path where that can be told apart. */
    static String words(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "no such file or folder";
            case FileAlreadyExistsException inTheWay -> inTheWay.getFile() + " is in the way";
            case DirectoryNotEmptyException inTheWay -> inTheWay.getFile() + " is in the way";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> {
                String message = failure.getMessage();
                yield message == null ? failure.getClass().getSimpleName() : message;
            }
        };
    }
}
