package clawsec.http;

/** The control data and header section of one message (RFC 9110 §6.2, §6.3). */
public sealed interface MessageHead permits RequestHead, ResponseHead {
    HttpVersion version();

    Fields fields();
}
