package clawsec.tls;

import java.security.Provider;
import java.security.Security;

/**
 * Gives JSSE Bouncy Castle's X25519 (RFC 7748), which is the group of nearly every handshake. Key
 * pair and agreement take 100 µs with it and 250 µs with the JDK's, whose field arithmetic is
 * generic; that was half the CPU of a resumed handshake. Both run in constant time. Other keys of
 * the algorithm XDH (X448) go on to the JDK: JCA asks the next provider where one refuses.
 */
final class X25519Provider extends Provider {
    static final String NAME = "ClawSecX25519";
    private static final long serialVersionUID = 1L;
    private static final String ALGORITHM = "XDH";

    private X25519Provider() {
        super(NAME, "1", "X25519 by Bouncy Castle");
        putService(new MadeService(this, "KeyPairGenerator", ALGORITHM, X25519KeyPairs::new));
        putService(new MadeService(this, "KeyAgreement", ALGORITHM, X25519Agreement::new));
    }

    /** Puts it before the JDK's providers; a second call changes nothing. */
    static void install() {
        Security.insertProviderAt(new X25519Provider(), 1);
    }
}
