package clawsec.ca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/** Writes the two files of a root the way other tools do. */
final class RootFiles {
    /** RSA keys take long to make, so that tests share one. */
    static final KeyPair RSA = newPair("RSA", "2048");

    static final KeyPair EC = newPair("EC", "secp256r1");

    private final Path folder;

    RootFiles(Path folder) {
        this.folder = folder;
    }

    static KeyPair newPair(String algorithm, String sizeOrCurve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec(sizeOrCurve));
            } else {
                generator.initialize(Integer.parseInt(sizeOrCurve));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PKCS#8 as the JDK writes it, for EC without the public key. */
    static String pkcs8(KeyPair pair) {
        return Pem.format("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    /** PKCS#1 for RSA, SEC1 for EC without curve and public key. */
    static String traditional(KeyPair pair) {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
            String label = pair.getPrivate().getAlgorithm() + " PRIVATE KEY";
            return Pem.format(label, info.parsePrivateKey().toASN1Primitive().getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The block that openssl ecparam writes before a key. */
    static String parameters(KeyPair pair) {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
            byte[] curve =
                    info.getPrivateKeyAlgorithm().getParameters().toASN1Primitive().getEncoded();
            return Pem.format("EC PARAMETERS", curve);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String certificate(KeyPair pair, Instant now) {
        return pem(CertificateMaker.root(pair, now));
    }

    static String pem(X509Certificate certificate) {
        return Pem.format("CERTIFICATE", CertificateAuthority.der(certificate));
    }

    RootFiles key(String text) throws IOException {
        return write("ca.key", text, "rw-------");
    }

    RootFiles certificate(String text) throws IOException {
        return write("ca.crt", text, "rw-r--r--");
    }

    RootFiles write(String name, String text, String mode) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return this;
    }

    /** Both files as one text, to see that nothing changed. */
    String contents() throws IOException {
        StringBuilder contents = new StringBuilder();
        for (String name : new String[] {"ca.key", "ca.crt"}) {
            Path file = folder.resolve(name);
            contents.append(name).append('\n');
            contents.append(Files.exists(file) ? Files.readString(file) : "absent\n");
        }
        return contents.toString();
    }

    static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
