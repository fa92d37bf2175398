/**
 * Rules, the scanning engine, decoding layers and findings: messages in, findings out; no sockets
 * or files.
 */
module clawsec.detect {
    requires static org.jspecify;
    requires transitive clawsec.http;
    requires static jdk.incubator.vector;
    requires com.fasterxml.jackson.core;

    exports clawsec.detect;
}
