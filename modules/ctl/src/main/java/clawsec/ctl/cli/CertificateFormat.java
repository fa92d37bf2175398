package clawsec.ctl.cli;

/** How a certificate is written out. */
public enum CertificateFormat {
    /** Base64 between BEGIN and END lines (RFC 7468). */
    PEM,
    /** The bytes of the certificate (X.690). */
    DER
}
