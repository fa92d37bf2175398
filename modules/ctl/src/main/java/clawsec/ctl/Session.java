package clawsec.ctl;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command sees of the process it runs in.
 *
 * @param input standard input
 */
record Session(
        Map<String, String> environment,
        Terminal terminal,
        InputStream input,
        InstantSource clock) {
    Session {
        environment = Map.copyOf(environment);
    }

    void print(String line) {
        terminal.out().println(line);
    }

    void complain(String line) {
        terminal.err().println("clawsec: " + line);
    }
}
