package clawsec.proxy.origin;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The monitor's own listening addresses, which no request may lead back to. Safe for use by many
 * threads.
 */
public final class OwnAddresses {
    private final List<InetSocketAddress> addresses = new CopyOnWriteArrayList<>();

    public void add(InetSocketAddress address) {
        addresses.add(address);
    }

    public List<InetSocketAddress> addresses() {
        return List.copyOf(addresses);
    }

    /** True when a listener has that port, on whatever address. */
    boolean holdPort(int port) {
        return addresses.stream().anyMatch(listener -> listener.getPort() == port);
    }

    /** True when a connection to that address would arrive at one of our listeners. */
    public boolean contains(InetAddress address, int port) {
        for (InetSocketAddress listener : addresses) {
            boolean isHere =
                    listener.getAddress().equals(address)
                            || (listener.getAddress().isAnyLocalAddress() && isLocal(address))
                            || (address.isAnyLocalAddress() && isLocal(listener.getAddress()));
            if (listener.getPort() == port && isHere) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLocal(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException noSuchInterface) {
            return false;
        }
    }
}
