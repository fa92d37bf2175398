package clawsec.http.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class ContentDecoderPropertyTest {
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
        assertEquals(text, Decoded.whole("compress", noise, limits).content());
        if (!text.startsWith("\u001f")) {
            assertEquals(text, Decoded.whole("gzip", noise, limits).content());
        }
        for (String name : List.of("gzip", "deflate", "br", "br, gzip", "deflate, gzip")) {
            Decoded.whole(name, noise, limits);
            Decoded.whole(name, Codings.gzip(noise), limits);
        }
    }

    @Property(tries = 300)
    void decode_damagedByte_endsWell(@ForAll @Size(max = 100) byte[] content, @ForAll int at) {
        byte[] damaged = Codings.gzip(content);
        damaged[Math.floorMod(at, damaged.length)] ^= (byte) (1 + Math.floorMod(at, 255));
        assertEquals(
                List.of("gzip"), Decoded.whole("gzip", damaged, ContentLimits.DEFAULT).codings());
    }
}
