/**
 * Harnesses for codecs, certificates and origin servers, and the tidy checks; used by tests only,
 * never shipped.
 */
module clawsec.testkit {
    requires jdk.httpserver;
    requires jdk.management;
    requires static org.jspecify;
    requires java.compiler;
    requires java.logging;
    requires java.net.http;
    requires jdk.compiler;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;

    exports clawsec.testkit;
    exports clawsec.testkit.tidy;
}
