package clawsec.detect;

import java.util.Arrays;

/**
 * What a text was before, of which nothing counts that is found in the text as well; mostly empty,
 * when that does not matter. Immutable; its bytes are shared and not to be changed.
 *
 * @param lead what stands before it
 */
record RawForm(byte[] bytes, byte[] lead) {
    static final RawForm NONE = new RawForm(new byte[0], new byte[0]);

    /** Whether it shows a match of the text, too. */
    boolean shows(byte[] match) {
        for (int from = 0; from + match.length <= bytes.length; from++) {
            if (Arrays.equals(bytes, from, from + match.length, match, 0, match.length)) {
                return true;
            }
        }
        return false;
    }

    /** It and what stands before it. */
    byte[] whole() {
        byte[] both = Arrays.copyOf(lead, lead.length + bytes.length);
        System.arraycopy(bytes, 0, both, lead.length, bytes.length);
        return both;
    }
}
