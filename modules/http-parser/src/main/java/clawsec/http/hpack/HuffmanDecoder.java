package clawsec.http.hpack;

/**
 * Reads what {@link HuffmanCode} writes, four bits at a time: the shortest code has five, so that
 * at most one symbol ends in them. No state.
 */
final class HuffmanDecoder {
    /** What no number of characters is. */
    static final int BROKEN = -1;

    private static final int STEP_BITS = 4;
    private static final int STEPS = 1 << STEP_BITS;

    /** RFC 7541 §5.2: padding is shorter than this. */
    private static final int PADDING_BITS = 8;

    /** A full binary tree has one leaf more than other nodes. */
    private static final int NODE_COUNT = HuffmanCode.EOS;

    /** By node and next bit a node, or the complement of a symbol. The root is node 0. */
    private static final int[][] TREE = tree();

    private static final int NO_SYMBOL = -1;

    /** By node and four bits the node reached; {@link #BROKEN} where EOS ends. */
    private static final short[] NODES = new short[NODE_COUNT * STEPS];

    /** The symbol that ended on the way. */
    private static final short[] SYMBOLS = new short[NODE_COUNT * STEPS];

    /** By node whether the string may end there: what was read of the next code is padding. */
    private static final boolean[] MAY_END = new boolean[NODE_COUNT];

    static {
        for (int node = 0; node < NODE_COUNT; node++) {
            for (int bits = 0; bits < STEPS; bits++) {
                step(node, bits);
            }
        }
        int node = 0;
        for (int depth = 0; depth < PADDING_BITS; depth++) {
            MAY_END[node] = true;
            node = TREE[node][1];
        }
    }

    private HuffmanDecoder() {}

    /**
     * Decodes a string.
     *
     * @param out takes its bytes; holds {@code 8 * (to - from) / 5} of them
     * @return how many there are; {@link #BROKEN} when EOS is in the string, or padding is long or
     *     not of ones
     */
    static int decode(byte[] in, int from, int to, byte[] out) {
        int node = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            for (int shift = STEP_BITS; shift >= 0; shift -= STEP_BITS) {
                int at = node * STEPS + (in[i] >>> shift & STEPS - 1);
                node = NODES[at];
                if (node < 0) {
                    return BROKEN;
                }
                if (SYMBOLS[at] != NO_SYMBOL) {
                    out[count++] = (byte) SYMBOLS[at];
                }
            }
        }
        return MAY_END[node] ? count : BROKEN;
    }

    private static int[][] tree() {
        int[][] tree = new int[NODE_COUNT][2];
        int made = 1;
        for (int symbol = 0; symbol <= HuffmanCode.EOS; symbol++) {
            int node = 0;
            for (int bit = HuffmanCode.length(symbol) - 1; bit > 0; bit--) {
                int next = HuffmanCode.code(symbol) >>> bit & 1;
                if (tree[node][next] == 0) {
                    tree[node][next] = made++;
                }
                node = tree[node][next];
            }
            tree[node][HuffmanCode.code(symbol) & 1] = ~symbol;
        }
        return tree;
    }

    private static void step(int from, int bits) {
        int at = from * STEPS + bits;
        int node = from;
        SYMBOLS[at] = NO_SYMBOL;
        for (int bit = STEP_BITS - 1; bit >= 0; bit--) {
            node = TREE[node][bits >>> bit & 1];
            if (node < 0) {
                int symbol = ~node;
                if (symbol == HuffmanCode.EOS) {
                    NODES[at] = BROKEN;
                    return;
                }
                SYMBOLS[at] = (short) symbol;
                node = 0;
            }
        }
        NODES[at] = (short) node;
    }
}
