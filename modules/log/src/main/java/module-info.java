/** threats.jsonl and clawsec.log: writing, deduplication, rotation, and reading them back. */
module clawsec.log {
    requires static org.jspecify;
    requires transitive clawsec.detect;
    requires com.fasterxml.jackson.core;

    exports clawsec.log;
}
