package clawsec.detect.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The words from which a wallet's keys are made: each stands for eleven bits, of which the last
 * ones are the beginning of the SHA-256 of the others.
 *
 * <p>Source: BIP-39; the word list is its English one.
 */
public final class SeedPhrase {
    private static final int BITS_A_WORD = 11;
    private static final int FEWEST_WORDS = 12;
    private static final int MOST_WORDS = 24;

    private SeedPhrase() {}

    /**
     * Whether a text begins with such words; what follows them may be a sentence that goes on.
     *
     * @param text words with anything but letters between them
     */
    public static boolean isRight(byte[] text) {
        String[] words =
                new String(text, StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT)
                        .strip()
                        .split("[^a-z]+");
        byte[] bits = new byte[(MOST_WORDS * BITS_A_WORD + 7) / 8];
        for (int count = 1; count <= Math.min(words.length, MOST_WORDS); count++) {
            Integer number = WordList.NUMBERS.get(words[count - 1]);
            if (number == null) {
                return false;
            }
            put(bits, (count - 1) * BITS_A_WORD, number);
            if (count >= FEWEST_WORDS && count % 3 == 0 && isChecked(bits, count)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isChecked(byte[] bits, int words) {
        int checkBits = words / 3;
        int entropyBytes = (words * BITS_A_WORD - checkBits) / 8;
        int check = sha256(bits, entropyBytes)[0] & 0xff;
        int given = bits[entropyBytes] & 0xff;
        return given >>> (8 - checkBits) == check >>> (8 - checkBits);
    }

    private static void put(byte[] bits, int from, int number) {
        for (int i = 0; i < BITS_A_WORD; i++) {
            if ((number >>> (BITS_A_WORD - 1 - i) & 1) != 0) {
                bits[(from + i) >>> 3] |= (byte) (0x80 >>> ((from + i) & 7));
            }
        }
    }

    private static byte[] sha256(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Read at first use. */
    private static final class WordList {
        private static final String RESOURCE = "bip39-english.txt";
        static final Map<String, Integer> NUMBERS = read();

        private static Map<String, Integer> read() {
            try (InputStream in = SeedPhrase.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException(RESOURCE + " is not in the module");
                }
                Map<String, Integer> numbers = new HashMap<>();
                String all = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
                all.lines().forEach(word -> numbers.put(word, numbers.size()));
                return numbers;
            } catch (IOException e) {
                throw new IllegalStateException(RESOURCE + " cannot be read", e);
            }
        }
    }
}
