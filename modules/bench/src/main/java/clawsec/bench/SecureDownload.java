package clawsec.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** 100 MB downloads over intercepted HTTPS, one after the other, each on a new connection. */
record SecureDownload() implements Row {
    private static final double BYTES_PER_MEGABYTE = 1024.0 * 1024.0;

    @Override
    public String id() {
        return "download";
    }

    @Override
    public String title() {
        return "100 MB download over intercepted HTTPS, curl";
    }

    @Override
    public String unit() {
        return "MB/s";
    }

    @Override
    public double bar() {
        return 1.0;
    }

    @Override
    public Sample measure(Workspace workspace, Target target, Origin origin, Duration time)
            throws IOException, InterruptedException {
        Curl curl = new Curl(workspace);
        Meter meter = Meter.start(target);
        double seconds = 0;
        double megabytes = 0;
        do {
            Curl.Transfer transfer =
                    curl.fetch(target, origin.secureUrl(Origin.LARGE_PATH), List.of());
            seconds += transfer.seconds();
            megabytes += transfer.bytes() / BYTES_PER_MEGABYTE;
        } while (meter.wall().compareTo(time) < 0);
        return meter.stop(new Tally(megabytes / seconds, megabytes, 0));
    }
}
