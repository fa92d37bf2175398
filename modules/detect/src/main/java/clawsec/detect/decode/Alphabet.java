package clawsec.detect.decode;

/** The characters that binary data is written with: those of base64 and base64url. */
final class Alphabet {
    /** RFC 4648 §4. */
    static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** RFC 4648 §5. */
    static final String BASE64_URL = BASE64.substring(0, 62) + "-_";

    private static final boolean[] MEMBERS = new boolean[256];

    static {
        (BASE64 + BASE64_URL).chars().forEach(character -> MEMBERS[character] = true);
    }

    private Alphabet() {}

    static boolean isMember(byte character) {
        return MEMBERS[character & 0xff];
    }

    /** A character that also divides words, so that a code may begin behind it. */
    static boolean isDivider(byte character) {
        return character == '/' || character == '-' || character == '_' || character == '+';
    }
}
