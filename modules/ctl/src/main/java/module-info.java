/**
 * The command line, the configuration, the process life cycle, and the wiring of all other modules.
 */
module clawsec.ctl {
    requires static org.jspecify;
    requires clawsec.ca;
    requires clawsec.detect;
    requires clawsec.http;
    requires clawsec.log;
    requires clawsec.proxy;
    requires clawsec.tls;
    requires jdk.unsupported; // sun.misc.Signal
    requires com.fasterxml.jackson.core;
    requires org.apache.commons.cli;
}
