package clawsec.detect.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the readers of this package begin with is seen in a text among others. */
class FurtherLookTest {
    private static final int FIRST = 64;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a %41 b",
                "\\n",
                "say c''at",
                "73 6b 2d 61 6e 74 2d 61",
                "x 0x73, 0x6b, 0x2d, 0x61, 0x6e, 0x74, 0x2d, 0x61",
                "00000000: 736b 2d61 6e74 2d61",
                "a Ａ",
                "a\0b",
                "\u001f\u008b",
                "x\u009c",
            })
    void mayDecode_whatLooksEncoded_isSo(String text) {
        Novelty nothing = new Novelty();
        boolean[] found = look(List.of("plain", text, "text"), nothing);
        assertEquals("[false, true, false]", Arrays.toString(found));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "50% of it",
                "a \\; b",
                "{\"a\": [1, 2]}",
                "73 6b 2d 61 6e 74 2d",
                "2024-01-02",
                "&c",
                "an ordinary line\nand another one"
            })
    void mayDecode_ordinaryText_isNot(String text) {
        boolean[] found = look(List.of("%41", text, "%41"), new Novelty());
        assertEquals("[true, false, true]", Arrays.toString(found));
    }

    @Test
    void mayDecode_run_isSoWhereItIsNew() {
        String run = "a YWJjZGVmZ2hpamts b";
        assertEquals(false, look(List.of(run), new Novelty())[0]);
        assertEquals(true, look(List.of(run), newAt(FIRST + 5, false))[0]);
        assertEquals(true, look(List.of(run), newAt(FIRST + 1, true))[0]);
        assertEquals(false, look(List.of(run), newAt(FIRST + 1, false))[0]);
        assertEquals(false, look(List.of(run), newAt(FIRST + 18, false))[0]);
    }

    @Test
    void mayDecode_runThatGoesOnBehindALineBreak_isSoWhereThatIsNew() {
        String run = "a YWJjZGVmZ2hpamts\nYW b";
        assertEquals(true, look(List.of(run), newAt(FIRST + 18, false))[0]);
        assertEquals(true, look(List.of(run), newAt(FIRST + 20, false))[0]);
        assertEquals(false, look(List.of(run), newAt(FIRST, false))[0]);
    }

    @Test
    void isOther_whatSaysSoWithItsFirstBytes_isSo() {
        assertEquals(true, FurtherLook.isOther("\ufeffwide".getBytes(StandardCharsets.UTF_16BE)));
        assertEquals(true, FurtherLook.isOther("привет, мир".getBytes(StandardCharsets.UTF_16LE)));
        assertEquals(true, FurtherLook.isOther(new byte[] {'P', 'K', 3, 4}));
        assertEquals(true, FurtherLook.isOther(deflated("nothing but an ordinary line of text")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "PK and more", "an ordinary line\nand another one", "привет"})
    void isOther_ordinaryText_isNot(String text) {
        assertEquals(false, FurtherLook.isOther(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] deflated(String text) {
        byte[] packed = new byte[2 * text.length() + 64];
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(text.getBytes(StandardCharsets.US_ASCII));
        deflater.finish();
        int count = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, count);
    }

    private static Novelty newAt(int place, boolean isGlued) {
        Novelty novelty = new Novelty();
        novelty.add(place, 1, isGlued, Via.none(), 0, 0, 0);
        return novelty;
    }

    private static boolean[] look(List<String> texts, Novelty novelty) {
        byte[] array = new byte[FIRST + 500 + FurtherLook.PADDING_BYTES];
        Arrays.fill(array, (byte) '\n');
        int[] ends = new int[texts.size()];
        int at = FIRST;
        for (int i = 0; i < ends.length; i++) {
            boolean isBinary = texts.get(i).chars().anyMatch(c -> c >= 0x80 && c < 0xa0);
            byte[] bytes =
                    texts.get(i)
                            .getBytes(
                                    isBinary
                                            ? StandardCharsets.ISO_8859_1
                                            : StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, array, at, bytes.length);
            at += bytes.length;
            ends[i] = at++;
        }
        FurtherLook look = new FurtherLook();
        look.begin(array, FIRST, at);
        boolean[] found = new boolean[ends.length];
        for (int i = 0; i < ends.length; i++) {
            found[i] = look.mayDecode(i == 0 ? FIRST : ends[i - 1] + 1, ends[i], novelty);
        }
        return found;
    }
}
