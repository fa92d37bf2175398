package clawsec.tls;

/**
 * Settings of the process that JSSE rests on: what it reads once, from system properties, before
 * its first handshake (a property that the command line set is left as it is), and the providers it
 * finds its algorithms in.
 */
final class JsseSettings {
    /**
     * Keeps JSSE's server side from reading server_name: it ends a handshake whose name has a port
     * or an underscore in it ({@code illegal_parameter}), which clients do send. {@link
     * ClientHelloDecoder} reads the name instead.
     */
    private static final String SERVER_DISABLED_EXTENSIONS = "jdk.tls.server.disableExtensions";

    private JsseSettings() {}

    static void apply() {
        if (System.getProperty(SERVER_DISABLED_EXTENSIONS) == null) {
            System.setProperty(SERVER_DISABLED_EXTENSIONS, "server_name");
        }
        X25519Provider.install();
    }
}
