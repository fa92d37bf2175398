package clawsec.proxy.origin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Which versions of HTTP origins were found to speak. Safe for use by many threads. */
final class KnownProtocols {
    /** What an origin speaks, of what it was asked for. */
    enum Spoken {
        HTTP_1_1,
        HTTP_2,
        /** It refused to be asked for HTTP/1.1. */
        ONLY_HTTP_2
    }

    /** Origins remembered; past it those that were asked first are forgotten. */
    static final int ORIGINS = 10_000;

    /** For how long an answer holds: servers are changed, and addresses move to others. */
    static final Duration LIFE = Duration.ofMinutes(10);

    private record Answer(Spoken spoken, long nanos) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Origin, Answer> answers = new LinkedHashMap<>();
    private final LongSupplier nanoTime;

    KnownProtocols(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void note(Origin origin, Spoken spoken) {
        lock.lock();
        try {
            answers.remove(origin);
            answers.put(origin, new Answer(spoken, nanoTime.getAsLong()));
            if (answers.size() > ORIGINS) {
                answers.remove(answers.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Empty when it was not asked, or too long ago. */
    Optional<Spoken> spoken(Origin origin) {
        lock.lock();
        try {
            return Optional.ofNullable(answers.get(origin))
                    .filter(answer -> nanoTime.getAsLong() - answer.nanos() <= LIFE.toNanos())
                    .map(Answer::spoken);
        } finally {
            lock.unlock();
        }
    }
}
