package clawsec.detect.engine;

/** Takes a match that is certain. */
interface Waiting {
    void add(int pattern, long start, long end);
}
