package clawsec.http.content.brotli;

import java.util.Arrays;

/**
 * The header of a compressed meta-block after its length (RFC 7932 §9.2), read resumable at any
 * bit: the block types, the context maps, and the prefix codes that the commands are written in.
 */
final class MetaBlockHeader {
    private enum Part {
        LITERAL_TYPES,
        COMMAND_TYPES,
        DISTANCE_TYPES,
        DISTANCE_FORM,
        LITERAL_MODES,
        LITERAL_TREES,
        LITERAL_MAP,
        DISTANCE_TREES,
        DISTANCE_MAP,
        LITERAL_CODES,
        COMMAND_CODES,
        DISTANCE_CODES
    }

    private static final Part[] PARTS = Part.values();

    /** RFC 7932 §7: contexts of a literal, and of a distance. */
    static final int LITERAL_CONTEXTS = 64;

    static final int DISTANCE_CONTEXTS = 4;

    private static final int LITERALS = 256;

    /** RFC 7932 §4: distance symbols that stand for past distances. */
    static final int PAST_DISTANCES = 16;

    private final BitInput in;
    private final PrefixCodeReader codes;
    private final ContextMapReader maps;
    private Part part = Part.LITERAL_TYPES;
    private int literalTrees;
    private int distanceTrees;
    private int index;

    final BlockTypes literalTypes;
    final BlockTypes commandTypes;
    final BlockTypes distanceTypes;

    /** Codes by the context maps, and insert-and-copy codes by block type. */
    final PrefixCodes literals = new PrefixCodes();

    final PrefixCodes commands = new PrefixCodes();
    final PrefixCodes distances = new PrefixCodes();

    /** RFC 7932 §4: NPOSTFIX and NDIRECT. */
    int postfixBits;

    int directDistances;

    /** The context mode of each literal block type. */
    byte[] literalModes = {};

    byte[] literalMap = {};
    byte[] distanceMap = {};

    MetaBlockHeader(BitInput in) {
        this.in = in;
        this.codes = new PrefixCodeReader(in);
        this.maps = new ContextMapReader(in);
        this.literalTypes = new BlockTypes(in);
        this.commandTypes = new BlockTypes(in);
        this.distanceTypes = new BlockTypes(in);
    }

    /** True once the header is read; what it said stands in the fields till the next call. */
    boolean read() {
        while (step()) {
            if (part == Part.DISTANCE_CODES) {
                part = Part.LITERAL_TYPES;
                literalTypes.restart();
                commandTypes.restart();
                distanceTypes.restart();
                return true;
            }
            part = PARTS[part.ordinal() + 1];
        }
        return false;
    }

    private boolean step() {
        return switch (part) {
            case LITERAL_TYPES -> literalTypes.readHeader(codes);
            case COMMAND_TYPES -> commandTypes.readHeader(codes);
            case DISTANCE_TYPES -> distanceTypes.readHeader(codes);
            case DISTANCE_FORM -> distanceForm();
            case LITERAL_MODES -> literalModes();
            case LITERAL_TREES -> {
                literalTrees = BlockTypes.readNumber(in);
                literalMap = zeros(literalMap, LITERAL_CONTEXTS * literalTypes.number());
                yield literalTrees > 0;
            }
            case LITERAL_MAP ->
                    literalTrees == 1
                            || maps.read(
                                    literalMap,
                                    LITERAL_CONTEXTS * literalTypes.number(),
                                    literalTrees,
                                    codes);
            case DISTANCE_TREES -> {
                distanceTrees = BlockTypes.readNumber(in);
                distanceMap = zeros(distanceMap, DISTANCE_CONTEXTS * distanceTypes.number());
                yield distanceTrees > 0;
            }
            case DISTANCE_MAP ->
                    distanceTrees == 1
                            || maps.read(
                                    distanceMap,
                                    DISTANCE_CONTEXTS * distanceTypes.number(),
                                    distanceTrees,
                                    codes);
            case LITERAL_CODES -> codes(literals, literalTrees, LITERALS);
            case COMMAND_CODES ->
                    codes(commands, commandTypes.number(), PrefixCodeReader.MOST_SYMBOLS);
            // RFC 7932 §4: the size of the alphabet
            case DISTANCE_CODES ->
                    codes(
                            distances,
                            distanceTrees,
                            PAST_DISTANCES + directDistances + (48 << postfixBits));
        };
    }

    private boolean distanceForm() {
        if (!in.has(6)) {
            return false;
        }
        postfixBits = in.take(2);
        directDistances = in.take(4) << postfixBits;
        index = 0;
        return true;
    }

    private boolean literalModes() {
        int types = literalTypes.number();
        if (literalModes.length < types) {
            literalModes = new byte[types];
        }
        for (; index < types; index++) {
            if (!in.has(2)) {
                return false;
            }
            literalModes[index] = (byte) in.take(2);
        }
        literals.clear();
        commands.clear();
        distances.clear();
        return true;
    }

    private boolean codes(PrefixCodes to, int number, int alphabet) {
        while (to.size() < number) {
            if (!codes.read(to, alphabet)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] zeros(byte[] map, int size) {
        if (map.length < size) {
            return new byte[size];
        }
        Arrays.fill(map, 0, size, (byte) 0);
        return map;
    }
}
