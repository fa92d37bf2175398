package clawsec.detect;

/**
 * What the texts of one message share.
 *
 * @param budget what decoding them may still cost
 * @param encodedSecrets finds what a snippet must not show
 */
record Message(
        Detector detector,
        Subject subject,
        Reporter reporter,
        DecodeBudget budget,
        EncodedSecrets encodedSecrets) {}
