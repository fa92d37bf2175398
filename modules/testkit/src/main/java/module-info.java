/** Harnesses for codecs, certificates and origin servers, used by tests only; never shipped. */
module clawsec.testkit {
    requires static org.jspecify;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;

    exports clawsec.testkit;
}
