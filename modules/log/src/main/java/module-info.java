/** threats.jsonl and clawsec.log: writing, deduplication, rotation, and reading them back. */
module clawsec.log {
    requires static org.jspecify;
    requires transitive clawsec.detect;
    requires com.fasterxml.jackson.core;

    exports clawsec.log;

    // Other modules log through System.getLogger of java.base and do not know this one.
    provides System.LoggerFinder with
            clawsec.log.MonitorLog;
}
