package clawsec.http.h1;

import clawsec.http.Violation;

/** Who sent the bytes: requests are read strictly, responses leniently. */
enum Role {
    REQUEST,
    RESPONSE;

    boolean isStrict() {
        return this == REQUEST;
    }

    /** A breach of {@code rule}; a response's is always answered 502 (RFC 9110 §15.6.3). */
    Http1Event.Malformed malformed(int requestStatus, String rule, String detail) {
        int status = isStrict() ? requestStatus : 502;
        return new Http1Event.Malformed(new Violation(status, rule, detail));
    }
}
