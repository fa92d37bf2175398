package clawsec.http.content.brotli;

/** The rules of RFC 7932 that a stream can break; each is checked at the branch that names it. */
public enum Fault {
    /** RFC 9841 §8.1 spells a large window with the bits that RFC 7932 §9.1 leaves invalid. */
    LARGE_WINDOW("§9.1: window bits 0010001, which RFC 9841 takes for a large window"),
    SYMBOL_BEYOND_ALPHABET("§3.4: a symbol of a simple prefix code is not in its alphabet"),
    SYMBOL_TWICE("§3.4: a symbol of a simple prefix code is named twice"),
    CODE_LENGTH_CODE("§3.5: the code of the code lengths is not complete"),
    CODE_LENGTHS("§3.5: a prefix code is not complete"),
    CODE_LENGTHS_BEYOND_ALPHABET("§3.5: more code lengths than symbols"),
    DISTANCE_NOT_POSITIVE("§4: a distance from past ones is zero or negative"),
    CONTEXT_MAP_OVERRUN("§7.3: a run of zeros goes beyond the context map"),
    NO_SUCH_WORD("§8: no word of the static dictionary has this length"),
    NO_SUCH_TRANSFORM("§8: a transform beyond the 121 of appendix B"),
    LENGTH_NIBBLES("§9.2: the length of a meta-block has a leading zero"),
    RESERVED_BIT("§9.2: the reserved bit is set"),
    SKIP_BYTES("§9.2: the length of metadata has a leading zero"),
    FILL_BITS("§9.2: bits up to the byte boundary are not zero"),
    LAST_FILL_BITS("§9.2, §9.3: bits after the end of the stream are not zero"),
    INSERT_BEYOND_LENGTH("§9.3: literals exceed the length of the meta-block"),
    COPY_BEYOND_LENGTH("§9.3: a copy exceeds the length of the meta-block"),
    WORD_BEYOND_LENGTH("§9.3: a dictionary word exceeds the length of the meta-block");

    private final String rule;

    Fault(String rule) {
        this.rule = rule;
    }

    /** The section, and what it asks for. */
    public String rule() {
        return rule;
    }
}
