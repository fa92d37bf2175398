package clawsec.detect.secret;

import java.util.zip.CRC32;

/**
 * Tokens whose last six characters are the CRC-32 of those before, in base 62 (digits, capitals,
 * small letters), padded with zeros.
 *
 * <p>Source: GitHub, Behind GitHub's new authentication token formats, 2021; npm took over the
 * format.
 */
public final class Base62Crc32 {
    private static final int CHECK_CHARACTERS = 6;
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Base62Crc32() {}

    /**
     * @param token without its prefix
     */
    public static boolean isRight(byte[] token) {
        int length = token.length - CHECK_CHARACTERS;
        if (length <= 0) {
            return false;
        }
        CRC32 crc = new CRC32();
        crc.update(token, 0, length);
        long rest = crc.getValue();
        for (int i = token.length - 1; i >= length; i--) {
            if (token[i] != DIGITS.charAt((int) (rest % DIGITS.length()))) {
                return false;
            }
            rest /= DIGITS.length();
        }
        return rest == 0;
    }
}
