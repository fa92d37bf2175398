/**
 * Measurements of the linked image beside other proxies, and of the detector; never shipped. The
 * harness of the latter runs on the class path.
 */
module clawsec.bench {
    requires static org.jspecify;
    requires clawsec.detect;
    requires com.fasterxml.jackson.core;
    requires java.management;
    requires jmh.core;
}
