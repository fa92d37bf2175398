package clawsec.detect.secret;

/**
 * International bank account numbers: with the first four characters moved to the end and letters
 * counted from 10, the number leaves 1 when divided by 97.
 *
 * <p>Source: ISO 13616-1, ISO/IEC 7064 (MOD 97-10).
 */
public final class Iban {
    private static final int LEAD = 4;
    private static final int SHORTEST = 15;
    private static final int LONGEST = 34;

    private Iban() {}

    /**
     * @param text spaces are passed over
     */
    public static boolean isRight(byte[] text) {
        byte[] compact = new byte[text.length];
        int length = 0;
        for (byte b : text) {
            if (b != ' ') {
                compact[length++] = b;
            }
        }
        if (length < SHORTEST || length > LONGEST) {
            return false;
        }
        int rest = 0;
        for (int i = 0; i < length; i++) {
            int value = Character.digit(compact[(i + LEAD) % length], 36);
            if (value < 0) {
                return false;
            }
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest == 1;
    }
}
