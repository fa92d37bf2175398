package clawsec.http.hpack;

import clawsec.http.FieldLine;
import clawsec.http.Violation;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the header blocks of one direction of a connection (RFC 7541), in their order. A block
 * that is wrong breaks the connection (RFC 9113 §4.3): the table is worth nothing any more, and
 * later blocks are refused.
 *
 * <p>A block of a few bytes can stand for a list of megabytes, an entry of the table named again
 * and again. So a list is given out as far as {@link HpackLimits} allow, and the rest is read for
 * the table's sake alone. Confined to one thread at a time.
 */
public final class HpackDecoder {
    private static final String RULE = "RFC 7541 ";

    private final HpackLimits limits;
    private final DynamicTable table;
    private @Nullable Violation broken;
    private long listBytes;
    private int lines;

    /** A decoder for a connection's first block on. */
    public HpackDecoder(HpackLimits limits) {
        this.limits = limits;
        this.table = new DynamicTable(limits.tableBytes());
    }

    /**
     * Decodes one header block, which is whole.
     *
     * @param sink takes its field lines in order
     * @return what breaks the connection; empty when nothing does
     */
    public Optional<Violation> decode(byte[] block, int from, int to, Consumer<HpackLine> sink) {
        listBytes = 0;
        lines = 0;
        boolean isBeginning = true;
        HpackInput in = new HpackInput(block, from, to);
        while (broken == null && in.hasRemaining()) {
            boolean isUpdate = (in.peek() & 0xe0) == Representation.SIZE_UPDATE;
            if (isUpdate) {
                resize(in, isBeginning);
            } else {
                isBeginning = false;
                readLine(in, sink);
            }
            if (broken == null && !in.problem().isEmpty()) {
                refuse("§5", in.problem());
            }
        }
        return Optional.ofNullable(broken);
    }

    /** Whether the latest block held more than the limits allow, so that lines are missing. */
    public boolean isListTooLong() {
        return listBytes > limits.listBytes() || lines > limits.lines();
    }

    /** What the dynamic table takes (RFC 7541 §4.1). */
    public int tableBytes() {
        return table.sizeBytes();
    }

    private void resize(HpackInput in, boolean isBeginning) {
        int bytes = in.integer(Representation.SIZE_UPDATE_BITS);
        if (!isBeginning) {
            // RFC 7541 §4.2: an update stands before the first field line of a block.
            refuse("§4.2", "table size update behind a field line");
        } else if (bytes > limits.tableBytes()) {
            // RFC 7541 §6.3: the new size is at most what was announced.
            refuse("§6.3", "table size " + bytes + " exceeds " + limits.tableBytes());
        } else {
            table.resize(bytes);
        }
    }

    private void readLine(HpackInput in, Consumer<HpackLine> sink) {
        int first = in.peek();
        if ((first & Representation.INDEXED) != 0) {
            line(in.integer(Representation.INDEXED_BITS), in)
                    .ifPresent(line -> give(line, false, sink));
            return;
        }
        boolean isIndexing = (first & Representation.WITH_INDEXING) != 0;
        int nameIndex =
                in.integer(
                        isIndexing
                                ? Representation.WITH_INDEXING_BITS
                                : Representation.LITERAL_BITS);
        Optional<String> name =
                nameIndex == 0
                        ? Optional.of(in.string())
                        : line(nameIndex, in).map(FieldLine::name);
        String value = in.string();
        if (name.isEmpty() || !in.problem().isEmpty()) {
            return;
        }
        FieldLine line = new FieldLine(name.get(), value);
        if (isIndexing) {
            table.add(line);
        }
        give(line, !isIndexing && (first & Representation.NEVER_INDEXED) != 0, sink);
    }

    /** RFC 7541 §2.3.3: the static table comes first, the dynamic one behind it. */
    private Optional<FieldLine> line(int index, HpackInput in) {
        if (!in.problem().isEmpty()) {
            return Optional.empty();
        }
        int age = index - StaticTable.COUNT - 1;
        if (index == 0 || age >= table.count()) {
            refuse("§2.3.3", "index " + index + " of " + (StaticTable.COUNT + table.count()));
            return Optional.empty();
        }
        return Optional.of(age < 0 ? StaticTable.line(index) : table.line(age));
    }

    private void give(FieldLine line, boolean isNeverIndexed, Consumer<HpackLine> sink) {
        listBytes += HpackLine.sizeBytes(line);
        lines++;
        if (!isListTooLong()) {
            sink.accept(new HpackLine(line, isNeverIndexed));
        }
    }

    private void refuse(String section, String detail) {
        broken = new Violation(400, RULE + section, detail);
    }
}
