package clawsec.detect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A secret in any three encodings, one in another, cut anywhere, is found and not shown. */
class EncodingsTest {
    private static final String SECRET = "QrStUvWxYz0123456789";
    private static final String TEXT = "the key is sk-" + "ant-api03-AbCd" + SECRET + " of mine";

    /** Ways of writing text; each gives text without bytes that another could not take. */
    private enum Encoding {
        PERCENT {
            @Override
            String encode(String text) {
                StringBuilder out = new StringBuilder();
                for (byte b : text.getBytes(ISO_8859_1)) {
                    out.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
                }
                return out.toString();
            }
        },
        JSON {
            @Override
            String encode(String text) {
                StringBuilder out = new StringBuilder("{\"a\":\"");
                text.chars().forEach(c -> out.append(String.format(Locale.ROOT, "\\u%04x", c)));
                return out.append("\"}").toString();
            }
        },
        OCTAL {
            @Override
            String encode(String text) {
                StringBuilder out = new StringBuilder("'");
                text.chars().forEach(c -> out.append(String.format(Locale.ROOT, "\\%03o", c)));
                return out.append("'").toString();
            }
        },
        HTML {
            @Override
            String encode(String text) {
                StringBuilder out = new StringBuilder("<p>");
                text.chars().forEach(c -> out.append("&#").append(c).append(';'));
                return out.append("</p>").toString();
            }
        },
        QUOTED_PRINTABLE {
            @Override
            String encode(String text) {
                return PERCENT.encode(text).replace('%', '=');
            }
        },
        HEX {
            @Override
            String encode(String text) {
                return HexFormat.of().formatHex(text.getBytes(ISO_8859_1));
            }
        },
        BASE64 {
            @Override
            String encode(String text) {
                return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
            }
        },
        BASE32 {
            @Override
            String encode(String text) {
                return base32(text.getBytes(ISO_8859_1));
            }
        },
        UTF_16 {
            @Override
            String encode(String text) {
                return new String(text.getBytes(StandardCharsets.UTF_16LE), ISO_8859_1);
            }
        };

        abstract String encode(String text);

        String viaName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Property(tries = 300)
    void secret_encodedAnyhow_isFound(
            @ForAll @Size(min = 1, max = 3) List<Encoding> encodings,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 300) Integer> cuts) {
        // UTF-16 of UTF-16 is UTF-32.
        Assume.that(!encodings.toString().contains("UTF_16, UTF_16"));
        String text = TEXT;
        for (Encoding encoding : encodings.reversed()) {
            text = encoding.encode(text);
        }
        byte[] bytes = ("before this: " + text + " after").getBytes(ISO_8859_1);
        List<Finding> whole = scanned(bytes, List.of(Integer.MAX_VALUE));
        List<String> via = encodings.stream().map(Encoding::viaName).toList();
        assertTrue(
                whole.stream()
                        .anyMatch(finding ->
                                finding.pattern().equals("ai_api_key")
                                        && finding.via().equals(via)),
                () -> via + " not in " + whole);
        whole.forEach(finding -> assertFalse(finding.snippet().contains(SECRET.substring(4))));
        assertEquals(new HashSet<>(whole), new HashSet<>(scanned(bytes, cuts)));
        assertEquals(whole.size(), scanned(bytes, List.of(1)).size());
    }

    private static List<Finding> scanned(byte[] bytes, List<Integer> cuts) {
        List<Finding> found = new ArrayList<>();
        try (MessageScan scan = Scans.ALL.open(Scans.subject(""), found::add)) {
            int at = 0;
            for (int i = 0; at < bytes.length; i++) {
                int length = Math.min(bytes.length - at, cuts.get(i % cuts.size()));
                scan.content(ByteBuffer.wrap(bytes, at, length));
                at += length;
            }
            scan.end();
        }
        return found;
    }

    /** RFC 4648 §6. */
    private static String base32(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        int pending = 0;
        int bits = 0;
        for (byte b : bytes) {
            pending = (pending << 8) | (b & 0xff);
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                out.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt((pending >> bits) & 31));
            }
        }
        if (bits > 0) {
            out.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt((pending << (5 - bits)) & 31));
        }
        return out.append("=".repeat((8 - out.length() % 8) % 8)).toString();
    }

    static {
        assertEquals("MZXW6===", base32("foo".getBytes(UTF_8)));
    }
}
