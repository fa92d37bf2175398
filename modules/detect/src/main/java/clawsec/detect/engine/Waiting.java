package clawsec.detect.engine;

/** Takes a match that is certain. */
interface Waiting {
    /**
     * A match from one place to another.
     *
     * @param knownAt the place up to which the text had to be read to be certain
     */
    void add(int pattern, long start, long end, long knownAt);
}
