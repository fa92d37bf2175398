package clawsec.proxy.origin;

/** The version of HTTP that an origin is asked for. */
public enum Wanted {
    HTTP_1_1,
    HTTP_2
}
