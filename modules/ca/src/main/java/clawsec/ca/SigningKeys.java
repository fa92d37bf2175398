package clawsec.ca;

import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.HexFormat;
import java.util.List;

/** Which keys a root may have: those whose signatures every client and the JDK take. */
final class SigningKeys {
    /** OpenSSL, GnuTLS, macOS and browsers refuse what a shorter key signed. */
    static final int MIN_RSA_BITS = 2048;

    /** The object identifiers of P-256, P-384 and P-521 (RFC 5480 §2.1.1.1), in DER. */
    private static final List<String> CURVES =
            List.of("06082a8648ce3d030107", "06052b81040022", "06052b81040023");

    /** {@code id-ecPublicKey} (RFC 5480 §2.1.1), after which the curve stands. */
    private static final String EC_KEY = "06072a8648ce3d0201";

    private SigningKeys() {}

    /** Throws unless clients take what this key's owner signs. */
    static void check(PublicKey key) throws UnfitException {
        // From the encoding: of a curve that the JDK does not know it makes a key without one.
        String encoded = HexFormat.of().formatHex(key.getEncoded());
        int kind = encoded.indexOf(EC_KEY);
        if (kind >= 0) {
            if (CURVES.stream().noneMatch(c -> encoded.startsWith(c, kind + EC_KEY.length()))) {
                throw new UnfitException(
                        "has an EC key on another curve than P-256, P-384 and P-521, and clients"
                                + " refuse what it signs");
            }
        } else if (!key.getAlgorithm().equals("RSA")) {
            throw new UnfitException(
                    "has a "
                            + key.getAlgorithm()
                            + " key, and only RSA and EC keys can sign leaves");
        } else if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
            throw new UnfitException(
                    "has an RSA key of "
                            + rsa.getModulus().bitLength()
                            + " bits, and clients refuse what one of less than "
                            + MIN_RSA_BITS
                            + " bits signs");
        }
    }
}
