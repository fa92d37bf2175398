package clawsec.ctl.daemon;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a running monitor tells of itself: one JSON object, whose members are the components in
 * snake case, durations in seconds.
 *
 * @param listeners where it listens, by what listens there ({@code proxy}, {@code gateway}), as
 *     {@code host:port}
 * @param counters counts since the start, by group and name
 * @param failures what is wrong now, such as a log that cannot be written; empty when all is well
 */
public record StatusReport(
        long pid,
        String version,
        Instant started,
        Duration uptime,
        boolean isIntercepting,
        Map<String, String> listeners,
        Map<String, Map<String, Long>> counters,
        List<String> failures) {
    public StatusReport {
        listeners = Collections.unmodifiableMap(new LinkedHashMap<>(listeners));
        counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
        failures = List.copyOf(failures);
    }

    /** Writes the members; the object around them is the caller's. */
    public void writeMembers(JsonGenerator json) throws IOException {
        json.writeNumberField("pid", pid);
        json.writeStringField("version", version);
        json.writeStringField("started", started.toString());
        json.writeNumberField("uptime_secs", uptime.toSeconds());
        json.writeBooleanField("is_intercepting", isIntercepting);
        json.writeObjectFieldStart("listeners");
        for (Map.Entry<String, String> listener : listeners.entrySet()) {
            json.writeStringField(listener.getKey(), listener.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("counters");
        for (Map.Entry<String, Map<String, Long>> group : counters.entrySet()) {
            json.writeObjectFieldStart(group.getKey());
            for (Map.Entry<String, Long> counter : group.getValue().entrySet()) {
                json.writeNumberField(counter.getKey(), counter.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeArrayFieldStart("failures");
        for (String failure : failures) {
            json.writeString(failure);
        }
        json.writeEndArray();
    }

    /**
     * Reads what {@link #writeMembers} wrote. Members it does not know are passed over: they are of
     * another version.
     *
     * @throws IOException when it is no such object
     */
    public static StatusReport read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("the monitor's answer is not a JSON object");
        }
        long pid = 0;
        String version = "unknown";
        Instant started = Instant.EPOCH;
        Duration uptime = Duration.ZERO;
        boolean isIntercepting = false;
        Map<String, String> listeners = Map.of();
        Map<String, Map<String, Long>> counters = new LinkedHashMap<>();
        List<String> failures = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "pid" -> pid = json.getLongValue();
                case "version" -> version = json.getText();
                case "started" -> started = Instant.parse(json.getText());
                case "uptime_secs" -> uptime = Duration.ofSeconds(json.getLongValue());
                case "is_intercepting" -> isIntercepting = json.getBooleanValue();
                case "listeners" -> listeners = texts(json);
                case "counters" -> {
                    while (json.nextToken() == JsonToken.FIELD_NAME) {
                        String group = json.currentName();
                        json.nextToken();
                        counters.put(group, counts(json));
                    }
                }
                case "failures" -> {
                    while (json.nextToken() == JsonToken.VALUE_STRING) {
                        failures.add(json.getText());
                    }
                }
                default -> json.skipChildren();
            }
        }
        return new StatusReport(
                pid, version, started, uptime, isIntercepting, listeners, counters, failures);
    }

    private static Map<String, String> texts(JsonParser json) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            texts.put(name, json.getText());
        }
        return texts;
    }

    private static Map<String, Long> counts(JsonParser json) throws IOException {
        Map<String, Long> counts = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            counts.put(name, json.getLongValue());
        }
        return counts;
    }
}
