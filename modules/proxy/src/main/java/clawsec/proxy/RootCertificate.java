package clawsec.proxy;

/**
 * The root certificate as the proxy's own page offers it. The arrays are shared and not written to.
 */
public record RootCertificate(byte[] pem, byte[] der) {}
