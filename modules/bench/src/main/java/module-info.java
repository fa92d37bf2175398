/** Measurements of the linked image beside other proxies; never shipped. */
module clawsec.bench {
    requires static org.jspecify;
}
