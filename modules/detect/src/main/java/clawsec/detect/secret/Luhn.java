package clawsec.detect.secret;

/**
 * The check digit of card numbers: every second digit from the right is doubled, and the digits of
 * all add up to a multiple of ten.
 *
 * <p>Source: ISO/IEC 7812-1, annex B.
 */
public final class Luhn {
    private Luhn() {}

    /**
     * @param number digits; spaces and hyphens between them are passed over
     */
    public static boolean isRight(byte[] number) {
        int sum = 0;
        int digits = 0;
        for (int i = number.length - 1; i >= 0; i--) {
            int digit = number[i] - '0';
            if (digit >= 0 && digit <= 9) {
                int weighed = digits++ % 2 == 0 ? digit : 2 * digit;
                sum += weighed > 9 ? weighed - 9 : weighed;
            } else if (number[i] != ' ' && number[i] != '-') {
                return false;
            }
        }
        return digits > 1 && sum > 0 && sum % 10 == 0;
    }
}
