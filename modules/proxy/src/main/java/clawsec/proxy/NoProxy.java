package clawsec.proxy;

import clawsec.http.Authority;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The destinations that bypass an upstream proxy, as {@code NO_PROXY} lists them: comma or white
 * space between entries; {@code *} is everything; {@code example.com} and {@code .example.com} and
 * {@code *.example.com} are that name and all below it; {@code host:port} holds for that port only;
 * {@code 10.0.0.0/8} and {@code fd00::/8} are networks, compared with IP literals only (names are
 * not resolved for it). Immutable.
 */
public final class NoProxy {
    public static final NoProxy NONE = new NoProxy(List.of(), List.of());

    private sealed interface Entry {}

    private record Everything() implements Entry {}

    private record Suffix(String name, int port) implements Entry {}

    private record Network(byte[] address, int prefixBits, int port) implements Entry {}

    private final List<Entry> entries;
    private final List<String> ignored;

    private NoProxy(List<Entry> entries, List<String> ignored) {
        this.entries = List.copyOf(entries);
        this.ignored = List.copyOf(ignored);
    }

    /**
     * Reads a list; entries that are no name, address or network are passed over, as every client
     * does, and are {@link #ignored}.
     */
    public static NoProxy parse(String list) {
        List<Entry> entries = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (String word : list.strip().split("[,\\s]+", -1)) {
            if (!word.isEmpty()) {
                parseEntry(word).ifPresentOrElse(entries::add, () -> ignored.add(word));
            }
        }
        return new NoProxy(entries, ignored);
    }

    /** The entries that were not understood, as they were written, in order. */
    public List<String> ignored() {
        return ignored;
    }

    /** True when {@code destination} is to be reached directly. */
    public boolean matches(Authority destination) {
        for (Entry entry : entries) {
            boolean hit =
                    switch (entry) {
                        case Everything all -> true;
                        case Suffix suffix -> matches(suffix, destination);
                        case Network network -> matches(network, destination);
                    };
            if (hit) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(Suffix suffix, Authority destination) {
        String host = withoutDot(destination.host());
        return (suffix.port == 0 || suffix.port == destination.port())
                && (host.equals(suffix.name) || host.endsWith("." + suffix.name));
    }

    private static boolean matches(Network network, Authority destination) {
        if (network.port != 0 && network.port != destination.port()) {
            return false;
        }
        Optional<byte[]> host = addressOf(destination.host());
        if (host.isEmpty() || host.get().length != network.address.length) {
            return false;
        }
        for (int bit = 0; bit < network.prefixBits; bit++) {
            int difference = host.get()[bit / 8] ^ network.address[bit / 8];
            if ((difference >> (7 - bit % 8) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Entry> parseEntry(String word) {
        if (word.equals("*")) {
            return Optional.of(new Everything());
        }
        int slash = word.indexOf('/');
        if (slash >= 0) {
            return parseNetwork(word, slash);
        }
        Optional<byte[]> bare = addressOf(word);
        if (bare.isPresent()) {
            return Optional.of(new Network(bare.get(), bare.get().length * 8, 0));
        }
        String name = word.startsWith("*.") ? word.substring(2) : word;
        name = name.startsWith(".") ? name.substring(1) : name;
        int port = 0;
        Optional<Authority> withPort = Authority.parse(name, 0);
        if (withPort.isPresent()) {
            name = withPort.get().host();
            port = withPort.get().port();
        }
        name = withoutDot(name);
        Optional<byte[]> address = addressOf(name);
        if (address.isPresent()) {
            return Optional.of(new Network(address.get(), address.get().length * 8, port));
        }
        return isName(name)
                ? Optional.of(new Suffix(name.toLowerCase(Locale.ROOT), port))
                : Optional.empty();
    }

    /** Letters, digits, {@code -} and {@code _} in labels; digits and dots alone are no name. */
    private static boolean isName(String name) {
        return name.matches("[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)*") && !name.matches("[0-9.]+");
    }

    /** Without the dot that ends an absolute name. */
    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static Optional<Entry> parseNetwork(String word, int slash) {
        Optional<byte[]> address = addressOf(word.substring(0, slash));
        String bits = word.substring(slash + 1);
        if (address.isEmpty() || !bits.matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        int prefixBits = Integer.parseInt(bits);
        return prefixBits > address.get().length * 8
                ? Optional.empty()
                : Optional.of(new Network(address.get(), prefixBits, 0));
    }

    /**
     * The bytes of an IP literal, with or without brackets; empty for names, which are never looked
     * up here.
     */
    private static Optional<byte[]> addressOf(String text) {
        String literal =
                text.startsWith("[") && text.endsWith("]")
                        ? text.substring(1, text.length() - 1)
                        : text;
        boolean isVersion6 = literal.indexOf(':') >= 0 && literal.matches("[0-9a-fA-F:.]+");
        if (!isVersion6 && !literal.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(literal).getAddress());
        } catch (IllegalArgumentException notALiteral) {
            return Optional.empty();
        }
    }
}
