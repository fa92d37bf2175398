/**
 * ClientHello parsing, the server side towards the agent, the verified client side towards the
 * origin, key logs.
 */
module clawsec.tls {
    requires static org.jspecify;
    requires transitive clawsec.ca;
    requires org.bouncycastle.provider;

    exports clawsec.tls;
}
