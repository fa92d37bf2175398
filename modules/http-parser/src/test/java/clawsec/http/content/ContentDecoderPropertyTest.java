package clawsec.http.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ContentDecoderPropertyTest {
    private static final List<byte[]> ZSTD_FILES =
            Stream.of("words.1", "words.19", "words.fast", "words.window", "events")
                    .map(name -> CodedFiles.read(name + ".zst"))
                    .toList();

    @Property(tries = 200)
    void decode_encoded_isTheContent(@ForAll byte[] content) {
        String text = new String(content, ISO_8859_1);
        ContentLimits limits = ContentLimits.DEFAULT;
        assertEquals(text, Decoded.whole("gzip", Codings.gzip(content), limits).content());
        assertEquals(text, Decoded.whole("deflate", Codings.zlib(content), limits).content());
        assertEquals(text, Decoded.whole("br", Codings.brotli(content), limits).content());
    }

    /** Never an exception; and what is not coded at all is seen as it stands. */
    @Property(tries = 500)
    void decode_anyBytes_endsWell(@ForAll @Size(max = 200) byte[] noise) {
        String text = new String(noise, ISO_8859_1);
        ContentLimits limits = ContentLimits.DEFAULT;
        assertEquals(text, Decoded.whole("foo", noise, limits).content());
        if (!text.startsWith("\u001f")) {
            assertEquals(text, Decoded.whole("gzip", noise, limits).content());
        }
        for (String name :
                List.of(
                        "gzip",
                        "deflate",
                        "br",
                        "zstd",
                        "br, gzip",
                        "deflate, gzip",
                        "zstd, gzip",
                        "foo",
                        "")) {
            Decoded.whole(name, noise, limits);
            Decoded.whole(name, Codings.gzip(noise), limits);
            Decoded.whole(name, ZstdFrames.plain(noise), limits);
        }
    }

    /** What the reference encoder made, with damage near its beginning and anywhere. */
    @Property(tries = 2000)
    void decode_damagedZstd_endsWell(
            @ForAll @IntRange(max = 4) int file,
            @ForAll @IntRange(max = 116) int near,
            @ForAll int anywhere,
            @ForAll byte value,
            @ForAll boolean isCut) {
        byte[] damaged = ZSTD_FILES.get(file).clone();
        damaged[near] = value;
        int at = Math.floorMod(anywhere, damaged.length);
        if (isCut) {
            damaged = Arrays.copyOf(damaged, at);
        } else {
            damaged[at] ^= (byte) (1 + Math.floorMod(anywhere, 255));
        }
        Decoded decoded = Decoded.whole("zstd", damaged, ContentLimits.DEFAULT);
        // At most a whole block more than the limit of a block's size allows, and the raw bytes.
        assertTrue(decoded.content().length() <= 2 << 20, () -> decoded.content().length() + "");
    }

    @Property(tries = 300)
    void decode_damagedByte_endsWell(@ForAll @Size(max = 100) byte[] content, @ForAll int at) {
        byte[] damaged = Codings.gzip(content);
        damaged[Math.floorMod(at, damaged.length)] ^= (byte) (1 + Math.floorMod(at, 255));
        assertEquals(
                List.of("gzip"), Decoded.whole("gzip", damaged, ContentLimits.DEFAULT).codings());
    }
}
