package clawsec.ca;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate for one host with its key: {@code chain} is the leaf, then the root that signed it.
 */
public record Leaf(PrivateKey key, List<X509Certificate> chain) {
    public Leaf {
        chain = List.copyOf(chain);
    }
}
