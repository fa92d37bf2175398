package clawsec.proxy.ssh;

import java.net.InetAddress;

/** An established connection of this machine to port 22 of another. */
public record SshConnection(InetAddress local, int localPort, InetAddress remote, int remotePort) {}
