package clawsec.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The names that a certificate is for (RFC 5280 §4.2.1.6). */
final class AlternativeNames {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private AlternativeNames() {}

    /**
     * @throws CertificateException when they cannot be read
     */
    static List<String> ofDns(X509Certificate certificate) throws CertificateException {
        return ofKinds(certificate, List.of(DNS_NAME));
    }

    /**
     * DNS names and addresses, in their order.
     *
     * @throws CertificateException when they cannot be read
     */
    static List<String> ofHosts(X509Certificate certificate) throws CertificateException {
        return ofKinds(certificate, List.of(DNS_NAME, IP_ADDRESS));
    }

    private static List<String> ofKinds(X509Certificate certificate, List<Integer> kinds)
            throws CertificateException {
        List<String> names = new ArrayList<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> alternative : alternatives) {
                if (kinds.contains(alternative.getFirst())) {
                    names.add(String.valueOf(alternative.get(1)));
                }
            }
        }
        return names;
    }
}
