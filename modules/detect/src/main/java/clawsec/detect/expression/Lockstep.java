package clawsec.detect.expression;

import java.util.Arrays;

/**
 * Reads the same bytes with several {@link Lane}s, each byte with all of them before the next. What
 * a lane does next depends on what it did before, and the processor waits for memory in between;
 * side by side, the lanes wait at the same time. Confined to its scan.
 */
public final class Lockstep {
    /** Lanes that read at once. */
    public static final int LANES = 4;

    /** What in a cell asks for more than to go there. */
    private static final int SPECIAL = Stations.STOPS ^ Station.KNOWN | Station.ENDS | Station.IDLE;

    /** Where an empty lane stays. */
    private static final int[] NOWHERE = new int[256];

    private static final char[] ANY = new char[256];

    private final Lane[] lanes = new Lane[LANES];
    private int count;

    static {
        Arrays.fill(NOWHERE, Station.KNOWN);
    }

    /** Adds a lane that has entered; up to {@link #LANES}. */
    public void add(Lane lane) {
        lanes[count++] = lane;
    }

    public boolean isFull() {
        return count == LANES;
    }

    /** How many lanes there are. */
    public int count() {
        return count;
    }

    /** Reads from where all of them entered, with each until it leaves; then all are gone. */
    public void read(byte[] text, long base, int from, int to) {
        int index = from;
        while (count > 1 && index < to) {
            index = readPlain(text, index, stop(base, to));
            if (index < to) {
                for (int i = count - 1; i >= 0; i--) {
                    if (!lanes[i].step(text, base, index)) {
                        lanes[i] = lanes[--count];
                    }
                }
                index++;
            }
        }
        while (count > 0) {
            lanes[--count].leave(index, false);
        }
    }

    /** The index of the byte after which a counter runs out; that is not read. */
    private int stop(long base, int to) {
        int stop = to;
        for (int i = 0; i < count; i++) {
            stop = lanes[i].isBeside() ? 0 : Math.min(stop, lanes[i].event(base, to + 1) - 1);
            if (stop == 0) {
                return 0;
            }
        }
        return stop;
    }

    /** Reads while each lane just goes on. */
    private int readPlain(byte[] text, int from, int to) {
        if (from >= to) {
            return from;
        }
        int[] table0 = table(0);
        int[] table1 = table(1);
        int[] table2 = table(2);
        int[] table3 = table(3);
        char[] rows0 = rows(0);
        char[] rows1 = rows(1);
        char[] rows2 = rows(2);
        char[] rows3 = rows(3);
        int cell0 = cell(0);
        int cell1 = cell(1);
        int cell2 = cell(2);
        int cell3 = cell(3);
        int index = from;
        while (index < to) {
            int value = text[index] & 0xff;
            int next0 = table0[(cell0 >>> Station.FLAG_BITS) + rows0[value]];
            int next1 = table1[(cell1 >>> Station.FLAG_BITS) + rows1[value]];
            int next2 = table2[(cell2 >>> Station.FLAG_BITS) + rows2[value]];
            int next3 = table3[(cell3 >>> Station.FLAG_BITS) + rows3[value]];
            int any = next0 | next1 | next2 | next3;
            int all = next0 & next1 & next2 & next3;
            if ((any & SPECIAL | ~all & Station.KNOWN) != 0) {
                break;
            }
            cell0 = next0;
            cell1 = next1;
            cell2 = next2;
            cell3 = next3;
            index++;
        }
        keep(0, cell0);
        keep(1, cell1);
        keep(2, cell2);
        keep(3, cell3);
        return index;
    }

    private int[] table(int lane) {
        return lane < count ? lanes[lane].table : NOWHERE;
    }

    private char[] rows(int lane) {
        return lane < count ? lanes[lane].rows : ANY;
    }

    private int cell(int lane) {
        return lane < count ? lanes[lane].cell : Station.KNOWN;
    }

    private void keep(int lane, int cell) {
        if (lane < count) {
            lanes[lane].cell = cell;
        }
    }
}
