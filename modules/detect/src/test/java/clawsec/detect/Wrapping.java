package clawsec.detect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Ways in which text is written in traffic. A character is a byte. */
enum Wrapping {
    PERCENT("percent") {
        @Override
        String wrap(String text, Random random) {
            return each(
                    text,
                    c -> String.format(Locale.ROOT, random.nextBoolean() ? "%%%02X" : "%%%02x", c));
        }
    },
    JSON("json") {
        @Override
        String wrap(String text, Random random) {
            return "{\"a\":\"" + each(text, c -> String.format(Locale.ROOT, "\\u%04x", c)) + "\"}";
        }
    },
    HEX_ESCAPES("hex") {
        @Override
        String wrap(String text, Random random) {
            return each(text, c -> String.format(Locale.ROOT, "\\x%02x", c));
        }
    },
    HTML("html") {
        @Override
        String wrap(String text, Random random) {
            String form = List.of("&#%d;", "&#x%x;", "&#x%04X;").get(random.nextInt(3));
            return "<p>" + each(text, c -> String.format(Locale.ROOT, form, c)) + "</p>";
        }
    },
    QUOTED_PRINTABLE("quoted-printable") {
        @Override
        String wrap(String text, Random random) {
            String coded = each(text, c -> String.format(Locale.ROOT, "=%02X", c));
            return lines(coded, 72, "=\r\n");
        }
    },
    HEX("hex") {
        @Override
        String wrap(String text, Random random) {
            HexFormat form = random.nextBoolean() ? HexFormat.of() : HexFormat.of().withUpperCase();
            return form.formatHex(bytes(text));
        }
    },
    HEX_PAIRS("hex") {
        @Override
        String wrap(String text, Random random) {
            List<String> dividers = List.of(" ", ":", ", ", "-", "\t", "\n", ", 0x", "\", \"");
            String divider = dividers.get(random.nextInt(dividers.size()));
            String first = divider.endsWith("0x") ? "[0x" : "[";
            return first + HexFormat.ofDelimiter(divider).formatHex(bytes(text)) + "]";
        }
    },
    BASE64("base64") {
        @Override
        String wrap(String text, Random random) {
            Base64.Encoder encoder =
                    random.nextBoolean() ? Base64.getEncoder() : Base64.getUrlEncoder();
            return (random.nextBoolean() ? encoder : encoder.withoutPadding())
                    .encodeToString(bytes(text));
        }
    },
    BASE64_LINES("base64") {
        @Override
        String wrap(String text, Random random) {
            byte[] lineEnd = bytes(random.nextBoolean() ? "\r\n" : "\n");
            return Base64.getMimeEncoder(76, lineEnd).encodeToString(bytes(text)) + "\n";
        }
    },
    BASE32("base32") {
        @Override
        String wrap(String text, Random random) {
            StringBuilder out = new StringBuilder();
            int pending = 0;
            int bits = 0;
            for (byte b : bytes(text)) {
                pending = (pending << 8) | (b & 0xff);
                bits += 8;
                while (bits >= 5) {
                    bits -= 5;
                    out.append(BASE32_ALPHABET.charAt((pending >> bits) & 31));
                }
            }
            return out.append(BASE32_ALPHABET.charAt((pending << (5 - bits)) & 31)).toString();
        }
    },
    UTF_16("utf-16") {
        @Override
        String wrap(String text, Random random) {
            String charset = random.nextBoolean() ? "UTF-16LE" : "UTF-16BE";
            return new String(text.getBytes(Charset.forName(charset)), ISO_8859_1);
        }
    },
    UTF_32("utf-32") {
        @Override
        String wrap(String text, Random random) {
            String charset = random.nextBoolean() ? "UTF-32LE" : "UTF-32BE";
            return new String(text.getBytes(Charset.forName(charset)), ISO_8859_1);
        }
    },
    GZIP_IN_BASE64("base64", "gzip") {
        @Override
        String wrap(String text, Random random) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes(text));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Base64.getEncoder().encodeToString(out.toByteArray());
        }
    },
    ZERO_WIDTH("unicode") {
        @Override
        String wrap(String text, Random random) {
            List<String> marks = List.of("\u200b", "\u2060", "\ufeff", "\u0301", "\u00ad");
            return utf8(
                    each(text, c -> (char) c + (isWord(c) ? marks.get(random.nextInt(5)) : "")));
        }
    },
    FULL_WIDTH("unicode") {
        @Override
        String wrap(String text, Random random) {
            return utf8(each(text, c -> String.valueOf((char) (isWord(c) ? c + 0xfee0 : c))));
        }
    },
    HOMOGLYPHS("unicode") {
        @Override
        String wrap(String text, Random random) {
            String latin = "aceopxyiABCEHIKMOPTX";
            String cyrillic =
                    "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456"
                        + "\u0410\u0412\u0421\u0415\u041d\u0406\u041a\u041c\u041e\u0420\u0422\u0425";
            StringBuilder out = new StringBuilder();
            for (char c : text.toCharArray()) {
                // One that stands between other scripts and signs may be of its own.
                boolean isBehindLatin = !out.isEmpty() && isWord(out.charAt(out.length() - 1));
                int index = isBehindLatin ? latin.indexOf(c) : -1;
                out.append(index < 0 ? c : cyrillic.charAt(index));
            }
            return utf8(out.toString());
        }
    };

    private static final String BASE32_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final List<String> viaNames;

    Wrapping(String... viaNames) {
        this.viaNames = List.of(viaNames);
    }

    /** The text so written. */
    abstract String wrap(String text, Random random);

    /** What findings say of it, outermost first. */
    List<String> viaNames() {
        return viaNames;
    }

    /** Whether what another one makes can be written so: some take characters of ASCII only. */
    boolean mayHold(Wrapping inner) {
        return switch (this) {
            case JSON, HTML, UTF_16, UTF_32 -> inner.isAscii();
            // Of escape sequences those without lookalikes would be undone first.
            case ZERO_WIDTH, FULL_WIDTH -> inner.isRun();
            // Too far apart in what other encodings make for one stretch.
            case HOMOGLYPHS -> false;
            default -> true;
        };
    }

    private boolean isRun() {
        return switch (this) {
            case HEX, HEX_PAIRS, BASE64, BASE64_LINES, BASE32, GZIP_IN_BASE64 -> true;
            default -> false;
        };
    }

    private boolean isAscii() {
        return switch (this) {
            case UTF_16, UTF_32 -> false;
            default -> !isOfLookalikes();
        };
    }

    /** Whether some characters stay as they are. */
    boolean isOfLookalikes() {
        return viaNames.contains("unicode");
    }

    private static String each(String text, IntFunction<String> form) {
        return text.chars().mapToObj(form).collect(Collectors.joining());
    }

    private static boolean isWord(int c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    private static String utf8(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static String lines(String text, int length, String lineEnd) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < text.length(); at += length) {
            out.append(at > 0 ? lineEnd : "");
            out.append(text, at, Math.min(text.length(), at + length));
        }
        return out.toString();
    }
}
