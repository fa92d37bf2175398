package clawsec.tls;

import clawsec.ca.Leaf;
import clawsec.ca.LeafStore;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Gives JSSE the leaf of the host that a handshake is for. The host reaches it as a scoped value,
 * since JSSE runs a blocking handshake wholly on the calling thread: so one context, and with it
 * one key for session tickets, serves all hosts, also where a client sends no name (an IP literal).
 * Outside a handshake of {@link ClientSide#accept} (a TLS 1.2 renegotiation) there is no key, which
 * ends the connection. Safe for many threads.
 */
final class LeafKeys extends X509ExtendedKeyManager {
    /** The handshake on this thread. */
    static final ScopedValue<Handshake> HANDSHAKE = ScopedValue.newInstance();

    private static final String KEY_TYPE = "EC";

    private final LeafStore leaves;

    LeafKeys(LeafStore leaves) {
        this.leaves = leaves;
    }

    /** One handshake: whose leaf to show, and whether it was asked for. Confined to its thread. */
    static final class Handshake {
        private final String host;
        private boolean showsLeaf;

        Handshake(String host) {
            this.host = host;
        }

        /** Whether the leaf was handed out, so that the client has seen it or is about to. */
        boolean showsLeaf() {
            return showsLeaf;
        }
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return keyType.equals(KEY_TYPE) && HANDSHAKE.isBound() ? HANDSHAKE.get().host : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String host) {
        if (HANDSHAKE.isBound()) {
            HANDSHAKE.get().showsLeaf = true;
        }
        return leaf(host).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String host) {
        return leaf(host).key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[0];
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[0];
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    private Leaf leaf(String host) {
        return leaves.leaf(host);
    }
}
