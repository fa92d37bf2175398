package clawsec.http.h2;

import clawsec.http.Violation;

/**
 * What is wrong with a frame.
 *
 * @param streamId the stream that ends of it; 0 for the connection
 * @param section of RFC 9113
 */
record FrameProblem(int streamId, Http2Error error, String section, String detail) {
    static FrameProblem ofConnection(Http2Error error, String section, String detail) {
        return new FrameProblem(0, error, section, detail);
    }

    Http2Frame frame() {
        return new Http2Frame.Malformed(
                streamId, error, new Violation(400, "RFC 9113 " + section, detail));
    }
}
