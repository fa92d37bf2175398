package clawsec.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One answered request as hey reports it in CSV, where requests that failed without an answer do
 * not appear.
 *
 * @param startSeconds since hey began
 * @param seconds until the answer was whole, with those for a new connection
 * @param isFirst made a new connection for itself
 */
record HeyRequest(double startSeconds, double seconds, boolean isFirst, int status) {
    private static final String TITLE = "response-time,DNS+dialup,";
    private static final int COLUMNS = 8;

    /**
     * @throws IOException with the report when it is not one
     */
    static List<HeyRequest> parse(Output report) throws IOException {
        if (!report.text().startsWith(TITLE)) {
            throw new IOException("hey failed:\n" + report.text());
        }
        List<HeyRequest> requests = new ArrayList<>();
        for (String line : report.text().lines().skip(1).toList()) {
            String[] cells = line.split(",", -1);
            if (cells.length != COLUMNS) {
                throw new IOException("hey reported a line that is no request: " + line);
            }
            requests.add(
                    new HeyRequest(
                            Double.parseDouble(cells[7]),
                            Double.parseDouble(cells[0]),
                            Double.parseDouble(cells[1]) > 0,
                            Integer.parseInt(cells[6])));
        }
        return requests;
    }

    private double endSeconds() {
        return startSeconds + seconds;
    }

    private boolean isGood() {
        return status == 200;
    }

    /**
     * The rate while all connections stood: what was answered after every worker's first request,
     * which made its connection. A connection that had to be made anew counts as a failure.
     */
    static Tally tally(List<HeyRequest> requests, int connections) {
        double readySeconds =
                requests.stream()
                        .sorted(Comparator.comparingDouble(HeyRequest::startSeconds))
                        .limit(connections)
                        .mapToDouble(HeyRequest::endSeconds)
                        .max()
                        .orElse(0);
        double endSeconds = requests.stream().mapToDouble(HeyRequest::endSeconds).max().orElse(0);
        long good = requests.stream().filter(HeyRequest::isGood).count();
        long steady =
                requests.stream()
                        .filter(request -> request.isGood() && request.endSeconds() > readySeconds)
                        .count();
        long made = requests.stream().filter(HeyRequest::isFirst).count();
        double window = endSeconds - readySeconds;
        return new Tally(
                window > 0 ? steady / window : 0,
                good,
                requests.size() - good + Math.max(0, made - connections));
    }
}
