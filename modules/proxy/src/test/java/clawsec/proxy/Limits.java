package clawsec.proxy;

import java.time.Duration;

/** Limits that differ in one component. */
final class Limits {
    private Limits() {}

    static ProxyLimits header(Duration timeout, ProxyLimits limits) {
        return new ProxyLimits(
                timeout,
                limits.connectTimeout(),
                limits.idleTimeout(),
                limits.maxHeaderBytes(),
                limits.maxConnections(),
                limits.connectionBytes());
    }

    static ProxyLimits connect(Duration timeout, ProxyLimits limits) {
        return new ProxyLimits(
                limits.headerTimeout(),
                timeout,
                limits.idleTimeout(),
                limits.maxHeaderBytes(),
                limits.maxConnections(),
                limits.connectionBytes());
    }

    static ProxyLimits idle(Duration timeout, ProxyLimits limits) {
        return new ProxyLimits(
                limits.headerTimeout(),
                limits.connectTimeout(),
                timeout,
                limits.maxHeaderBytes(),
                limits.maxConnections(),
                limits.connectionBytes());
    }

    static ProxyLimits headBytes(int bytes, ProxyLimits limits) {
        return new ProxyLimits(
                limits.headerTimeout(),
                limits.connectTimeout(),
                limits.idleTimeout(),
                bytes,
                limits.maxConnections(),
                limits.connectionBytes());
    }

    static ProxyLimits connections(int count, ProxyLimits limits) {
        return new ProxyLimits(
                limits.headerTimeout(),
                limits.connectTimeout(),
                limits.idleTimeout(),
                limits.maxHeaderBytes(),
                count,
                limits.connectionBytes());
    }

    static ProxyLimits connectionBytes(long bytes, ProxyLimits limits) {
        return new ProxyLimits(
                limits.headerTimeout(),
                limits.connectTimeout(),
                limits.idleTimeout(),
                limits.maxHeaderBytes(),
                limits.maxConnections(),
                bytes);
    }
}
