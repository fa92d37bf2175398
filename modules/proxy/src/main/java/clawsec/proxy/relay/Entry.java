package clawsec.proxy.relay;

import clawsec.proxy.origin.Origin;

/** How the requests of a session name their destination. */
sealed interface Entry {
    /**
     * As to a forward proxy: absolute-form or CONNECT; origin-form asks for the monitor's own page.
     */
    record ForwardProxy() implements Entry {}

    /**
     * Every request goes to one origin: inside a CONNECT, and on the gateway's port.
     *
     * @param scheme as the threat record names it: {@code http}, {@code https} or {@code gateway}
     */
    record FixedOrigin(Origin origin, String scheme) implements Entry {}
}
