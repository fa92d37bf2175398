package clawsec.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All samples of a run. Confined to one thread. */
final class Results {
    private final Map<Row, Map<String, List<Sample>>> samples = new LinkedHashMap<>();

    void add(Row row, Target target, Sample sample) {
        samples.computeIfAbsent(row, any -> new LinkedHashMap<>())
                .computeIfAbsent(target.name(), any -> new ArrayList<>())
                .add(sample);
    }

    /** Every row that has samples, with the peers in the given order. */
    Table table(List<Peer> order) {
        Table table = new Table();
        samples.forEach((row, byPeer) -> {
            Map<String, Series> series = new LinkedHashMap<>();
            for (Peer peer : order) {
                List<Sample> its = byPeer.getOrDefault(peer.name(), List.of());
                series.put(peer.name(), new Series(its));
            }
            table.add(row, series);
        });
        return table;
    }
}
