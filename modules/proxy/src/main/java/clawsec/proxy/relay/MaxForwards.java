package clawsec.proxy.relay;

import clawsec.http.FieldLine;
import clawsec.http.RequestHead;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** How far a TRACE or OPTIONS request may still go (RFC 9110 §7.6.2). */
final class MaxForwards {
    private static final String NAME = "Max-Forwards";

    private MaxForwards() {}

    /** What to answer a request that must not go on from here; empty for all others. */
    static Optional<Answer> answer(RequestHead head) {
        return limit(head).filter(limit -> limit.signum() == 0).map(zero -> answerTo(head));
    }

    private static Answer answerTo(RequestHead head) {
        String words = "ClawSec Monitor answers this request itself: its Max-Forwards is 0.\n";
        // Reflecting a TRACE could show a script fields that it must not read.
        return head.method().equals("TRACE")
                ? Answer.text(405, words, new FieldLine("Allow", ""))
                : Answer.text(200, words);
    }

    /** The field line as it goes on: one less where the method minds it, else as received. */
    static FieldLine forwarded(FieldLine line, RequestHead head) {
        return limit(head)
                .filter(limit -> limit.signum() > 0)
                .map(limit -> new FieldLine(line.name(), limit.subtract(BigInteger.ONE).toString()))
                .orElse(line);
    }

    /** Empty where there is none, where it is no number, and for methods that do not mind it. */
    private static Optional<BigInteger> limit(RequestHead head) {
        if (!head.method().equals("TRACE") && !head.method().equals("OPTIONS")) {
            return Optional.empty();
        }
        List<String> values = head.fields().all(NAME);
        return values.size() == 1 && values.getFirst().matches("[0-9]{1,100}")
                ? Optional.of(new BigInteger(values.getFirst()))
                : Optional.empty();
    }
}
