package clawsec.http.content;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Encoded inputs for tests, made by the JDK's encoders, and without compression where it has none.
 */
final class Codings {
    private Codings() {}

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] zlib(byte[] content) {
        return deflate(content, false);
    }

    static byte[] rawDeflate(byte[] content) {
        return deflate(content, true);
    }

    private static byte[] deflate(byte[] content, boolean isRaw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, isRaw);
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, deflater)) {
            deflate.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    /** The compressor of RFC 7932 §11.1, which only wraps: up to 64 KB a piece. */
    static byte[] brotli(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(12);
        for (int at = 0; at < content.length; at += 1 << 16) {
            int count = Math.min(1 << 16, content.length - at);
            out.write((count - 1 & 31) << 3);
            out.write(count - 1 >> 5);
            out.write(8 + (count - 1 >> 13));
            out.write(content, at, count);
        }
        out.write(3);
        return out.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
