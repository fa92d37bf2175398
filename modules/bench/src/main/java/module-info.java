/** Measurements of the linked image beside other proxies, and of the detector; never shipped. */
module clawsec.bench {
    requires static org.jspecify;
    requires clawsec.detect;
    requires jmh.core;

    // The harness makes subclasses of benchmarks.
    exports clawsec.bench.detect to
            jmh.core;
}
