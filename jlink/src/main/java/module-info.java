/** Trains the linked image's start-up caches, and holds the tests that look at the whole. */
module clawsec.image {
    requires static org.jspecify;
    requires clawsec.testkit;
}
