package clawsec.detect;

/**
 * What a rule file may take, so that reading one costs a bounded time and memory whatever it holds.
 *
 * @param fileBytes of the file
 * @param rules in it
 * @param expressionChars of one expression
 * @param writtenOutBytes of all expressions of the file together, their repetitions written out
 */
record RuleLimits(int fileBytes, int rules, int expressionChars, int writtenOutBytes) {
    static final RuleLimits DEFAULT = new RuleLimits(4 << 20, 4096, 16_384, 1 << 17);
}
