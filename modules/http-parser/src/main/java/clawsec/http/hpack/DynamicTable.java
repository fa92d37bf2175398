package clawsec.http.hpack;

import clawsec.http.FieldLine;

/**
 * The latest field lines of a direction, the newest first, within a size (RFC 7541 §2.3.2, §4).
 * Confined to its decoder or encoder.
 */
final class DynamicTable {
    /** Ring of entries; the newest is before {@code next}. */
    private FieldLine[] ring = new FieldLine[16];

    private int next;
    private int count;
    private int sizeBytes;
    private int maxBytes;

    DynamicTable(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    int count() {
        return count;
    }

    int sizeBytes() {
        return sizeBytes;
    }

    int maxBytes() {
        return maxBytes;
    }

    /** The entry that was added as the last but {@code age}, which is below {@link #count}. */
    FieldLine line(int age) {
        return ring[(next - 1 - age) & (ring.length - 1)];
    }

    /** RFC 7541 §4.3: what no longer fits leaves. */
    void resize(int bytes) {
        maxBytes = bytes;
        evict(bytes);
    }

    /**
     * RFC 7541 §4.4: the oldest leave until there is room; one that is larger than the table
     * empties it and is not kept.
     *
     * @return whether it is in the table now
     */
    boolean add(FieldLine line) {
        int bytes = HpackLine.sizeBytes(line);
        evict(maxBytes - bytes);
        if (bytes > maxBytes) {
            return false;
        }
        if (count == ring.length) {
            grow();
        }
        ring[next] = line;
        next = (next + 1) & (ring.length - 1);
        count++;
        sizeBytes += bytes;
        return true;
    }

    private void evict(int bytes) {
        while (count > 0 && sizeBytes > bytes) {
            sizeBytes -= HpackLine.sizeBytes(line(count - 1));
            count--;
        }
    }

    private void grow() {
        FieldLine[] larger = new FieldLine[2 * ring.length];
        for (int i = 0; i < count; i++) {
            larger[i] = line(count - 1 - i);
        }
        ring = larger;
        next = count;
    }
}
