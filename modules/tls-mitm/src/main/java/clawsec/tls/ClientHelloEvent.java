package clawsec.tls;

/** What the first bytes of a connection are. */
public sealed interface ClientHelloEvent {
    /** The bytes so far could become a ClientHello; more are needed. */
    record NeedsInput() implements ClientHelloEvent {}

    /** A whole ClientHello was seen. */
    record Complete(ClientHello hello) implements ClientHelloEvent {}

    /** The bytes are no TLS record of a handshake. */
    record NotTls() implements ClientHelloEvent {}

    /** TLS, but broken or past a limit; {@code detail} says what, the limit and the place. */
    record Malformed(String detail) implements ClientHelloEvent {}
}
