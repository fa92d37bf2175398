package clawsec.http.h2;

import clawsec.http.Violation;
import java.util.Optional;

/**
 * What is wrong with a header block that was decoded.
 *
 * @param section of RFC 9113
 */
record FieldProblem(String section, String detail) {
    static Optional<FieldProblem> of(String section, String detail) {
        return Optional.of(new FieldProblem(section, detail));
    }

    /**
     * @param status that a request would be answered with; 502 for a response
     */
    FieldSection.Malformed malformed(int status) {
        return new FieldSection.Malformed(new Violation(status, "RFC 9113 " + section, detail));
    }
}
