/**
 * Sans-io HTTP codecs and the message model: bytes in, events out; no sockets, threads, clock or
 * files.
 */
module clawsec.http {
    requires static org.jspecify;

    exports clawsec.http;
    exports clawsec.http.content;
    exports clawsec.http.h1;
    exports clawsec.http.h2;
    exports clawsec.http.hpack;
    exports clawsec.http.sse;
    exports clawsec.http.ws;
}
