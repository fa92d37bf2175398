package clawsec.proxy;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the proxy did since it started. Safe for use by many threads. */
public final class ProxyCounters {
    /** The things that are counted one by one. */
    public enum Counter {
        CONNECTIONS,
        CONNECTIONS_OPEN,
        CONNECTIONS_EVICTED,
        CONNECTIONS_REFUSED,
        REQUESTS,
        TUNNELS_INTERCEPTED,
        TUNNELS_BLIND,
        TUNNELS_OPAQUE,
        CERTIFICATES_REFUSED,
        HANDSHAKES_FAILED,
        RESPONSES_INCOMPLETE,
        /** WebSocket frames that are inspected as they came, since what they say is not known. */
        FRAMES_UNREADABLE,
        /** WebSocket messages whose rest was not inspected, since they grew past a bound. */
        MESSAGES_OVERSIZED,
        CLIENTS_TIMED_OUT,
        CLIENTS_GONE,
        BYTES_OUTBOUND,
        BYTES_INBOUND
    }

    private final Map<Counter, LongAdder> counters = new EnumMap<>(Counter.class);
    private final Map<Integer, LongAdder> refusals = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> originFailures = new ConcurrentHashMap<>();

    public ProxyCounters() {
        for (Counter counter : Counter.values()) {
            counters.put(counter, new LongAdder());
        }
    }

    public void count(Counter counter) {
        add(counter, 1);
    }

    public void add(Counter counter, long amount) {
        LongAdder adder = counters.get(counter);
        if (adder != null) {
            adder.add(amount);
        }
    }

    public long value(Counter counter) {
        LongAdder adder = counters.get(counter);
        return adder == null ? 0 : adder.sum();
    }

    /** A request that was answered with an error of the client's making. */
    public void countRefusal(int status) {
        refusals.computeIfAbsent(status, key -> new LongAdder()).increment();
    }

    /**
     * An origin that could not be reached, trusted or understood, by its Proxy-Status error type.
     */
    public void countOriginFailure(String error) {
        originFailures.computeIfAbsent(error, key -> new LongAdder()).increment();
    }

    /**
     * All values by name: {@code requests}, {@code refused_400}, {@code origin_dns_error}, …;
     * sorted.
     */
    public Map<String, Long> snapshot() {
        Map<String, Long> values = new TreeMap<>();
        counters.forEach((counter, adder) ->
                values.put(counter.name().toLowerCase(Locale.ROOT), adder.sum()));
        refusals.forEach((status, adder) -> values.put("refused_" + status, adder.sum()));
        originFailures.forEach((error, adder) -> values.put("origin_" + error, adder.sum()));
        return values;
    }
}
