package clawsec.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The certificates that origins are verified against: those of the JDK, those of the operating
 * system (where a company puts its own), and those of a file.
 */
final class Anchors {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    /**
     * The bundles of Debian, Fedora, openSUSE, and Alpine and macOS; the first one there is read.
     */
    private static final List<Path> SYSTEM_BUNDLES =
            List.of(
                    Path.of("/etc/ssl/certs/ca-certificates.crt"),
                    Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
                    Path.of("/etc/ssl/ca-bundle.pem"),
                    Path.of("/etc/ssl/cert.pem"));

    private Anchors() {}

    /**
     * All certificates of a PEM file.
     *
     * @throws TlsConfigException when it cannot be read, has none, or one of them is broken
     */
    static List<X509Certificate> readFile(Path file) throws TlsConfigException {
        List<String> blocks;
        try {
            blocks = blocks(file);
        } catch (IOException e) {
            throw new TlsConfigException(
                    "upstream_ca_file " + file + " cannot be read (" + e + ")", e);
        }
        if (blocks.isEmpty()) {
            throw new TlsConfigException(
                    "upstream_ca_file "
                            + file
                            + " holds no certificate in PEM form (a block that starts with '"
                            + BEGIN
                            + "'). A DER file is converted by: openssl x509 -inform der -in OLD"
                            + " -out NEW");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (String block : blocks) {
            try {
                certificates.add(parse(block));
            } catch (CertificateException e) {
                throw new TlsConfigException(
                        "upstream_ca_file "
                                + file
                                + ": certificate "
                                + (certificates.size() + 1)
                                + " of "
                                + blocks.size()
                                + " is broken ("
                                + e.getMessage()
                                + ")",
                        e);
            }
        }
        return certificates;
    }

    /** The JDK's anchors, the operating system's and these, as one trust manager. */
    static X509ExtendedTrustManager trusting(List<X509Certificate> additional) {
        List<X509Certificate> all = new ArrayList<>(additional);
        all.addAll(ofSystem());
        try {
            all.addAll(List.of(trustManager(null).getAcceptedIssuers()));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < all.size(); i++) {
                store.setCertificateEntry(Integer.toString(i), all.get(i));
            }
            return trustManager(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JDK's anchors cannot be loaded", e);
        }
    }

    /** A certificate that does not parse is passed over: the others must go on being trusted. */
    private static List<X509Certificate> ofSystem() {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Path bundle : SYSTEM_BUNDLES) {
            if (Files.isReadable(bundle)) {
                try {
                    for (String block : blocks(bundle)) {
                        certificates.add(parse(block));
                    }
                } catch (IOException | CertificateException e) {
                    continue;
                }
                return certificates;
            }
        }
        return certificates;
    }

    private static X509ExtendedTrustManager trustManager(
            @org.jspecify.annotations.Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager trust) {
                return trust;
            }
        }
        throw new IllegalStateException("PKIX has no X.509 trust manager");
    }

    private static List<String> blocks(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<String> blocks = new ArrayList<>();
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int end = text.indexOf(END, begin);
            int stop = end < 0 ? text.length() : end + END.length();
            blocks.add(text.substring(begin, stop));
            begin = text.indexOf(BEGIN, stop);
        }
        return blocks;
    }

    private static X509Certificate parse(String block) throws CertificateException {
        byte[] bytes = block.getBytes(StandardCharsets.ISO_8859_1);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(bytes));
    }
}
