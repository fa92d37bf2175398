package clawsec.detect.secret;

/**
 * Shannon entropy: how evenly a text uses the bytes it is made of. A random key of n characters
 * comes near to log2 n bits; words and placeholders stay below.
 *
 * <p>Source: C. Shannon, A Mathematical Theory of Communication, 1948, §6.
 */
public final class Entropy {
    private Entropy() {}

    /** Bits a byte, 0 to 8. */
    public static double bits(byte[] text) {
        int[] counts = new int[256];
        for (byte b : text) {
            counts[b & 0xff]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / text.length;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
