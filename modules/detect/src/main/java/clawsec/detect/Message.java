package clawsec.detect;

/**
 * What the texts of one message share.
 *
 * @param budget what decoding them may still cost
 */
record Message(Detector detector, Subject subject, Reporter reporter, DecodeBudget budget) {}
