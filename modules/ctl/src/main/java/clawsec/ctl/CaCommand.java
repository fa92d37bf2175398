package clawsec.ctl;

import clawsec.ctl.cli.CertificateFormat;
import clawsec.ctl.cli.Options;
import clawsec.ctl.cli.ParsedCommand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;

/**
 * {@code clawsec ca}: the certificate that clients must trust. Reads {@code ca.crt} alone; the key
 * is never touched.
 */
final class CaCommand {
    /** The root certificate's name in the log folder. */
    static final String FILE_NAME = "ca.crt";

    private CaCommand() {}

    static ExitStatus path(Path folder, Session session) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        if (!exists(file)) {
            return missing(file, session);
        }
        session.print(file.toString());
        return ExitStatus.DONE;
    }

    static ExitStatus show(Path folder, Session session) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        if (!exists(file)) {
            return missing(file, session);
        }
        X509Certificate root = read(file);
        session.print("file         " + file);
        session.print("subject      " + root.getSubjectX500Principal());
        session.print("valid from   " + root.getNotBefore().toInstant());
        session.print("valid until  " + root.getNotAfter().toInstant());
        session.print("key          " + root.getPublicKey().getAlgorithm());
        session.print("serial       " + root.getSerialNumber().toString(16));
        session.print("SHA-256      " + fingerprint(root));
        return ExitStatus.DONE;
    }

    static ExitStatus export(Path folder, ParsedCommand parsed, Session session)
            throws IOException {
        Path file = folder.resolve(FILE_NAME);
        if (!exists(file)) {
            return missing(file, session);
        }
        byte[] der = encoded(read(file));
        session.terminal()
                .out()
                .writeBytes(
                        switch (parsed.value(Options.FORMAT).orElse(CertificateFormat.PEM)) {
                            case DER -> der;
                            case PEM -> pem(der);
                        });
        return ExitStatus.DONE;
    }

    /** Throws where the folder is closed to this user, which says nothing of what is in it. */
    private static boolean exists(Path file) throws IOException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static ExitStatus missing(Path file, Session session) {
        session.complain("there is no " + file + " yet; clawsec start makes it");
        return ExitStatus.NO;
    }

    private static X509Certificate read(Path file) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(Files.readAllBytes(file)));
        } catch (CertificateException e) {
            throw new IOException(file + " holds no certificate: " + e.getMessage(), e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) throws IOException {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IOException("the certificate cannot be encoded: " + e.getMessage(), e);
        }
    }

    /** The textual form of RFC 7468: lines of 64 characters. */
    private static byte[] pem(byte[] der) {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        String text =
                "-----BEGIN CERTIFICATE-----\n"
                        + encoder.encodeToString(der)
                        + "\n-----END CERTIFICATE-----\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String fingerprint(X509Certificate certificate) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded(certificate));
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
