/**
 * What {@code make fuzz} runs: every codec and every decoder under a fuzzer that is guided by
 * coverage; never shipped. It all runs on the class path, as the fuzzer does.
 */
module clawsec.fuzz {
    requires static org.jspecify;
    requires clawsec.detect;
    requires clawsec.http;
    requires clawsec.testkit;
}
