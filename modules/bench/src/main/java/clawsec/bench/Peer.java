package clawsec.bench;

import java.io.IOException;
import java.util.Optional;

/** A program to measure: this proxy, another one, or none at all. */
interface Peer {
    String name();

    /** Whether it has code to compile before it shows its speed. */
    boolean isSlowToWarm();

    /** Why it cannot be measured on this machine and what to do, or nothing. */
    Optional<String> missing(Workspace workspace) throws IOException, InterruptedException;

    /** Its version in its own words. */
    String version(Workspace workspace) throws IOException, InterruptedException;

    /** Starts it and waits until it listens. */
    Target start(Workspace workspace, Origin origin) throws IOException, InterruptedException;
}
