package clawsec.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * {@code make bench}: starts the origin and every peer, warms them up, and measures each row with
 * each peer in rounds, so that what disturbs the machine disturbs all alike.
 */
public final class Bench {
    private static final int WRONG_USAGE = 2;
    private static final int WORLD_FAILED = 3;
    private static final double BUSY_LOAD_PER_PROCESSOR = 0.25;
    private static final List<Row> ROWS =
            List.of(
                    new PlainRequests(64),
                    new SecureRequests(64),
                    new SecureRequests(32),
                    new NewSecureConnections(32),
                    new MultiplexedRequests(0),
                    new MultiplexedRequests(10),
                    new SecureDownload());

    private final Workspace workspace;
    private final List<Row> rows;

    private Bench(Workspace workspace, List<Row> rows) {
        this.workspace = workspace;
        this.rows = rows;
    }

    /** Takes no arguments; see {@link Settings} for the environment. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Settings settings;
        try {
            settings =
                    Settings.parse(
                            System.getenv(),
                            Lineup.peers(Settings.DEFAULT_IMAGE).stream().map(Peer::name).toList(),
                            ROWS.stream().map(Row::id).toList());
        } catch (IllegalArgumentException wrong) {
            System.err.println("bench: " + wrong.getMessage());
            System.exit(WRONG_USAGE);
            return;
        }
        List<Row> rows = ROWS.stream().filter(row -> settings.rows().contains(row.id())).toList();
        int status = 0;
        try (Workspace workspace = Workspace.open()) {
            try {
                new Bench(workspace, rows).run(settings);
            } catch (IOException failure) {
                // After Ctrl-C everything fails, and nobody wants to read of it.
                if (!workspace.isClosed()) {
                    System.err.println("bench: " + failure.getMessage());
                }
                status = WORLD_FAILED;
            }
        }
        System.exit(status);
    }

    private void run(Settings settings) throws IOException, InterruptedException {
        Lineup lineup = new Lineup(workspace);
        lineup.requirePrograms();
        List<Peer> wanted =
                Lineup.peers(settings.image()).stream()
                        .filter(peer -> settings.peers().contains(peer.name()))
                        .toList();
        List<Peer> present = lineup.present(wanted);
        printMachine(present);
        Origin origin = Origin.start(workspace);
        List<Target> targets = lineup.start(present, origin);
        int slow = (int) targets.stream().filter(target -> target.peer().isSlowToWarm()).count();
        Schedule schedule =
                Schedule.of(settings.budget(), rows.size(), slow, targets.size() - slow);
        warmUp(targets, origin, schedule);
        Results results = measure(targets, origin, schedule);
        System.out.printf(
                "method: medians of %d alternating rounds, %.1f s for each figure, after"
                        + " warm-up%n%n",
                schedule.rounds(), schedule.cell().toMillis() / 1000.0);
        System.out.print(results.table(present));
        System.out.print(Table.legend());
    }

    private void printMachine(List<Peer> peers) throws IOException, InterruptedException {
        List<String> versions = new ArrayList<>();
        for (Peer peer : peers) {
            versions.add(peer.version(workspace));
        }
        versions.add(Versions.loadGenerators(workspace));
        System.out.println("time: " + Instant.now().truncatedTo(ChronoUnit.SECONDS));
        System.out.println("machine: " + Versions.machine());
        System.out.println("versions: " + String.join("; ", versions.stream().distinct().toList()));
        double load = Versions.loadAverage();
        if (load > BUSY_LOAD_PER_PROCESSOR * Runtime.getRuntime().availableProcessors()) {
            System.out.println("CAUTION: others use this machine, load average " + load);
        }
    }

    private void warmUp(List<Target> targets, Origin origin, Schedule schedule)
            throws IOException, InterruptedException {
        for (Target target : targets) {
            System.err.println("bench: warming up " + target.name());
            Duration time =
                    target.peer().isSlowToWarm() ? schedule.slowWarmUp() : schedule.warmUp();
            for (Row row : rows) {
                row.measure(workspace, target, origin, time);
            }
        }
    }

    private Results measure(List<Target> targets, Origin origin, Schedule schedule)
            throws IOException, InterruptedException {
        Results results = new Results();
        List<Target> order = new ArrayList<>(targets);
        for (int round = 1; round <= schedule.rounds(); round++) {
            System.err.printf("bench: round %d of %d%n", round, schedule.rounds());
            for (Row row : rows) {
                for (Target target : order) {
                    Sample sample = row.measure(workspace, target, origin, schedule.cell());
                    target.service().requireAlive();
                    results.add(row, target, sample);
                }
            }
            Collections.rotate(order, 1);
        }
        return results;
    }
}
