/** The root key and certificate, leaf certificates, their store and cache. */
module clawsec.ca {
    requires static org.jspecify;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;

    exports clawsec.ca;
}
