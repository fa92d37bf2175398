package clawsec.http.hpack;

import clawsec.http.FieldLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the header blocks of one direction of a connection (RFC 7541), in their order. Names are
 * in lower case already. Lines go into the table as long as they fit well; what must not be
 * guessed, and what came marked so, never does. Confined to one thread at a time.
 */
public final class HpackEncoder {

    /** RFC 7541 §7.1.3: values whose guessing would pay. */
    private static final Set<String> SENSITIVE = Set.of("authorization", "proxy-authorization");

    /** RFC 7541 §7.1.3: a shorter cookie could be guessed. */
    private static final int SHORT_COOKIE_CHARACTERS = 20;

    private final int mostBytes;
    private final DynamicTable table;

    /** By what is in the table, the number of the entry: so many came before it. */
    private final Map<FieldLine, Long> entries = new HashMap<>();

    private final Map<String, Long> names = new HashMap<>();
    private long added;

    /** The least size that was asked for since the latest block; -1 when none was. */
    private int leastBytes = -1;

    private int peerBytes;

    /**
     * @param mostBytes of the dynamic table, whatever the peer would allow
     */
    public HpackEncoder(int mostBytes) {
        this.mostBytes = mostBytes;
        this.peerBytes = HpackLimits.DEFAULT.tableBytes();
        this.table = new DynamicTable(peerBytes);
        if (mostBytes < peerBytes) {
            leastBytes = mostBytes;
        }
    }

    /** The peer's SETTINGS_HEADER_TABLE_SIZE; the next block obeys it. */
    public void peerTableBytes(int bytes) {
        peerBytes = bytes;
        int wanted = wantedBytes();
        leastBytes = leastBytes < 0 ? wanted : Math.min(leastBytes, wanted);
    }

    /** One header block. */
    public byte[] encode(List<HpackLine> lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(32 * lines.size());
        resize(out);
        for (HpackLine line : lines) {
            encode(line, out);
        }
        return out.toByteArray();
    }

    private int wantedBytes() {
        return Math.min(mostBytes, peerBytes);
    }

    /** RFC 7541 §4.2: the least size since the latest block, then the one that holds. */
    private void resize(ByteArrayOutputStream out) {
        if (leastBytes < 0) {
            return;
        }
        int wanted = wantedBytes();
        if (leastBytes < wanted) {
            announce(leastBytes, out);
        }
        if (wanted != table.maxBytes() || leastBytes < wanted) {
            announce(wanted, out);
        }
        leastBytes = -1;
    }

    private void announce(int bytes, ByteArrayOutputStream out) {
        integer(Representation.SIZE_UPDATE, Representation.SIZE_UPDATE_BITS, bytes, out);
        table.resize(bytes);
        forgetEvicted();
    }

    private void encode(HpackLine hpackLine, ByteArrayOutputStream out) {
        FieldLine line = hpackLine.line();
        if (hpackLine.isNeverIndexed() || isSensitive(line)) {
            literal(Representation.NEVER_INDEXED, Representation.LITERAL_BITS, line, out);
            return;
        }
        int index = indexOf(line);
        if (index > 0) {
            integer(Representation.INDEXED, Representation.INDEXED_BITS, index, out);
        } else if (HpackLine.sizeBytes(line) > table.maxBytes() / 2) {
            // It would push out most of what is there.
            literal(0, Representation.LITERAL_BITS, line, out);
        } else {
            literal(Representation.WITH_INDEXING, Representation.WITH_INDEXING_BITS, line, out);
            add(line);
        }
    }

    private static boolean isSensitive(FieldLine line) {
        return SENSITIVE.contains(line.name())
                || (line.name().equals("cookie")
                        && line.value().length() < SHORT_COOKIE_CHARACTERS);
    }

    private int indexOf(FieldLine line) {
        int index = StaticTable.indexOf(line);
        return index > 0 ? index : dynamicIndex(entries.get(line));
    }

    private int indexOfName(String name) {
        int index = StaticTable.indexOfName(name);
        return index > 0 ? index : dynamicIndex(names.get(name));
    }

    private int dynamicIndex(@Nullable Long number) {
        long age = number == null ? Long.MAX_VALUE : added - 1 - number;
        return age < table.count() ? StaticTable.COUNT + 1 + (int) age : 0;
    }

    private void add(FieldLine line) {
        table.add(line);
        entries.put(line, added);
        names.put(line.name(), added);
        added++;
        // Maps hold at most as many entries that left as there are others.
        if (entries.size() > 2 * table.count() + 16) {
            forgetEvicted();
        }
    }

    private void forgetEvicted() {
        long first = added - table.count();
        entries.values().removeIf(number -> number < first);
        names.values().removeIf(number -> number < first);
    }

    private void literal(int kind, int bits, FieldLine line, ByteArrayOutputStream out) {
        int index = indexOfName(line.name());
        integer(kind, bits, index, out);
        if (index == 0) {
            string(line.name(), out);
        }
        string(line.value(), out);
    }

    private static void string(String text, ByteArrayOutputStream out) {
        int huffmanBytes = HuffmanCode.encodedBytes(text);
        if (huffmanBytes < text.length()) {
            integer(Representation.HUFFMAN, Representation.STRING_BITS, huffmanBytes, out);
            HuffmanCode.encode(text, out);
        } else {
            integer(0, Representation.STRING_BITS, text.length(), out);
            out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** RFC 7541 §5.1. */
    private static void integer(int kind, int prefixBits, int value, ByteArrayOutputStream out) {
        int most = (1 << prefixBits) - 1;
        if (value < most) {
            out.write(kind | value);
            return;
        }
        out.write(kind | most);
        int rest = value - most;
        while (rest >= 0x80) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
