package clawsec.proxy;

import java.net.InetSocketAddress;

/**
 * The agent gateway's port in front, and the one behind.
 *
 * @param listen where agents and tools connect
 * @param targetPort the gateway itself, on 127.0.0.1
 */
public record GatewayConfig(InetSocketAddress listen, int targetPort) {}
