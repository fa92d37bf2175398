package clawsec.proxy.relay;

import clawsec.http.Violation;

/** Requests that break the protocol: counted and logged. */
final class Refusals {
    private static final System.Logger LOG = System.getLogger("clawsec.proxy");

    private Refusals() {}

    static void note(ClientConnection connection, Violation violation) {
        connection.context().counters().countRefusal(violation.status());
        LOG.log(
                System.Logger.Level.INFO,
                () ->
                        "Refused a request from "
                                + connection.source()
                                + " with "
                                + violation.status()
                                + ": "
                                + violation.detail()
                                + " ("
                                + violation.rule()
                                + ")");
    }
}
