package clawsec.detect.decode;

/** The ways of writing text that are undone, by the names findings give them. */
public enum Notation {
    MESSAGES("messages"),
    HOST("host"),
    PATH("path"),
    QUERY("query"),
    FIELDS("fields"),
    MULTIPART("multipart"),
    DELTAS("deltas"),
    FORM("form"),
    PERCENT("percent"),
    JSON("json"),
    HTML("html"),
    QUOTED_PRINTABLE("quoted-printable"),
    UNICODE("unicode"),
    SHELL("shell"),
    HEX("hex"),
    OCTAL("octal"),
    BASE32("base32"),
    BASE64("base64"),
    UTF_16("utf-16"),
    UTF_32("utf-32"),
    GZIP("gzip"),
    ZLIB("zlib"),
    DEFLATE("deflate"),
    ZIP("zip");

    private final String viaName;

    Notation(String viaName) {
        this.viaName = viaName;
    }

    /** As it stands under {@code via}. */
    public String viaName() {
        return viaName;
    }
}
