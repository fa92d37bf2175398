package clawsec.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The TCP connections of a tidy capture, for tests: pcap or pcapng of little-endian machines,
 * perhaps gzipped, with Ethernet or loopback frames and IPv4, each connection from its SYN on and
 * its segments in order. Anything else fails.
 */
public final class CapturedStreams {
    private static final int PCAP = 0xa1b2c3d4;
    private static final int PCAPNG = 0x0a0d0d0a;
    private static final int PCAP_HEADER_BYTES = 24;
    private static final int INTERFACE_BLOCK = 1;
    private static final int PACKET_BLOCK = 6;
    private static final int ETHERNET = 1;
    private static final int ETHERNET_BYTES = 14;
    private static final int LOOPBACK_BYTES = 4;
    private static final int SYN = 2;
    private static final int ACK = 16;

    private final Map<String, Direction> directions = new LinkedHashMap<>();
    private final List<Connection> connections = new ArrayList<>();
    private final Map<Integer, Integer> linkTypes = new HashMap<>();

    /**
     * What the two ends of a connection said.
     *
     * @param client whoever opened it
     */
    public record Connection(Direction client, Direction server) {}

    /** The bytes of one direction. */
    public static final class Direction {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int firstSequence;

        public byte[] bytes() {
            return bytes.toByteArray();
        }

        private void add(int sequence, ByteBuffer payload) {
            int place = sequence - firstSequence;
            if (place > bytes.size()) {
                throw new IllegalArgumentException("a segment is missing before " + place);
            }
            int known = Math.min(bytes.size() - place, payload.remaining());
            bytes.write(
                    payload.array(),
                    payload.arrayOffset() + payload.position() + known,
                    payload.remaining() - known);
        }
    }

    private CapturedStreams() {}

    /** The connections, in the order in which they began. */
    public static List<Connection> read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().endsWith(".gz")) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                bytes = in.readAllBytes();
            }
        }
        CapturedStreams streams = new CapturedStreams();
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (in.getInt(0)) {
            case PCAP -> streams.readPcap(in);
            case PCAPNG -> streams.readPcapng(in);
            default -> throw new IllegalArgumentException(file + " is no capture that is read");
        }
        return List.copyOf(streams.connections);
    }

    private void readPcap(ByteBuffer in) {
        int linkType = in.getInt(PCAP_HEADER_BYTES - Integer.BYTES);
        in.position(PCAP_HEADER_BYTES);
        while (in.hasRemaining()) {
            int length = in.getInt(in.position() + 2 * Integer.BYTES);
            in.position(in.position() + 4 * Integer.BYTES);
            frame(linkType, in.slice(in.position(), length));
            in.position(in.position() + length);
        }
    }

    private void readPcapng(ByteBuffer in) {
        while (in.hasRemaining()) {
            int start = in.position();
            int type = in.getInt();
            int length = in.getInt();
            if (type == INTERFACE_BLOCK) {
                linkTypes.put(linkTypes.size(), (int) in.getShort());
            } else if (type == PACKET_BLOCK) {
                int linkType = linkTypes.getOrDefault(in.getInt(), -1);
                int captured = in.getInt(in.position() + 2 * Integer.BYTES);
                frame(linkType, in.slice(in.position() + 4 * Integer.BYTES, captured));
            }
            in.position(start + length);
        }
    }

    private void frame(int linkType, ByteBuffer frame) {
        frame.position(linkType == ETHERNET ? ETHERNET_BYTES : LOOPBACK_BYTES);
        ByteBuffer packet = frame.slice();
        if (packet.get(0) >> 4 != 4) {
            throw new IllegalArgumentException("a packet that is not IPv4");
        }
        int length = packet.getShort(2) & 0xffff;
        int headerBytes = (packet.get(0) & 0xf) * Integer.BYTES;
        int source = packet.getInt(12);
        int destination = packet.getInt(16);
        segment(source, destination, packet.slice(headerBytes, length - headerBytes));
    }

    private void segment(int source, int destination, ByteBuffer segment) {
        String from = source + ":" + segment.getShort(0);
        String to = destination + ":" + segment.getShort(2);
        int sequence = segment.getInt(4);
        int flags = segment.get(13);
        if ((flags & SYN) != 0) {
            Direction begun = direction(from, to);
            begun.firstSequence = sequence + 1;
            if ((flags & ACK) == 0) {
                connections.add(new Connection(begun, direction(to, from)));
            }
        }
        segment.position((segment.get(12) >> 4 & 0xf) * Integer.BYTES);
        if (segment.hasRemaining()) {
            direction(from, to).add(sequence, segment);
        }
    }

    private Direction direction(String from, String to) {
        return directions.computeIfAbsent(from + " " + to, key -> new Direction());
    }
}
