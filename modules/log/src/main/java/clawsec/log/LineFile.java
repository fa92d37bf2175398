package clawsec.log;

import java.io.Closeable;
import java.io.IOException;

/** A file that lines are appended to. Confined to the holder of its owner's lock. */
interface LineFile extends Closeable {
    /** Opens a file, as often as it is lost. */
    interface Opener {
        LineFile open() throws IOException;
    }

    /**
     * Hands a line, its newline included, to the kernel in one write. When it throws, a part may
     * have been written; close this file and open it anew.
     */
    void append(byte[] line) throws IOException;

    /**
     * The file's size in bytes; negative when its path names another file or none, since it was
     * removed or moved away.
     */
    long size() throws IOException;
}
