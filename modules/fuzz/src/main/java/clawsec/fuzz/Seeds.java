package clawsec.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import clawsec.detect.Rule;
import clawsec.detect.RuleSet;
import clawsec.testkit.MessageGrammar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What the fuzzer begins with: examples that we make, and those of the shared captures where they
 * lie beside the repository.
 */
final class Seeds {
    private static final int MOST_BYTES = 4_096;
    private static final Pattern HTTP_BLOCK = Pattern.compile("(?s)```http\n(.*?)\n```");
    private static final Pattern WIRE = Pattern.compile("\"wire\": \"([0-9a-f]+)\"");

    private final Path captures;

    /**
     * @param captures the folder of the shared captures, which may be missing
     */
    Seeds(Path captures) {
        this.captures = captures;
    }

    /** Writes the seeds of a target, a file each, in the place of older ones; returns how many. */
    int write(String target, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> old = Files.list(folder)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        int count = 0;
        for (byte[] seed : of(target)) {
            if (seed.length <= MOST_BYTES) {
                Files.write(folder.resolve("seed-" + count++), seed);
            }
        }
        return count;
    }

    private List<byte[]> of(String target) throws IOException {
        return switch (target) {
            case "Http1RequestTarget" -> requests();
            case "Http1ResponseTarget" -> responses();
            case "Http2ServerTarget" -> Http2Seeds.ofClients();
            case "Http2ClientTarget" -> Http2Seeds.ofOrigins();
            case "HpackTarget" -> headerBlocks();
            case "WebSocketTarget" -> webSockets();
            case "ContentTarget" -> contents();
            case "DetectorTarget" -> texts();
            default -> throw new IllegalArgumentException("no target " + target);
        };
    }

    private List<byte[]> requests() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        MessageGrammar grammar = MessageGrammar.ofRequests();
        for (int i = 0; i < 300; i++) {
            seeds.add(grammar.next(new Random(i), i % 3).getBytes(ISO_8859_1));
        }
        for (Path file : files("http1/gunicorn")) {
            String text = Files.readString(file, ISO_8859_1).replace("\n", "");
            seeds.add(text.replace("\\r\\n", "\r\n").getBytes(ISO_8859_1));
        }
        seeds.addAll(blocks("http1/llhttp/request", ""));
        return seeds;
    }

    private List<byte[]> responses() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String method : List.of("\0", "\1", "\2")) {
            for (String rest :
                    List.of(
                            "Content-Length: 2\r\n\r\nok",
                            "Transfer-Encoding: chunked\r\n\r\n2;a\r\nok\r\n0\r\nX: y\r\n\r\n",
                            "A : b\r\n c\r\n\r\nuntil the end",
                            "Content-Length: 2, 2\nContent-Length: 02\n\nokHTTP/1.0 204\n\n")) {
                seeds.add((method + "HTTP/1.1 200 OK\r\n" + rest).getBytes(ISO_8859_1));
            }
        }
        seeds.addAll(blocks("http1/llhttp/response", "\0"));
        return seeds;
    }

    private List<byte[]> blocks(String folder, String before) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Path file : files(folder)) {
            Matcher block = HTTP_BLOCK.matcher(Files.readString(file, ISO_8859_1));
            while (block.find()) {
                String text = block.group(1).replaceAll("\r?\n", "\r\n");
                seeds.add((before + text).getBytes(ISO_8859_1));
            }
        }
        return seeds;
    }

    private List<byte[]> headerBlocks() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(HexFormat.of().parseHex("0482864184" + "03828684" + "053fe11f8287"));
        for (Path file : files("http2/hpack-test-case/nghttp2-change-table-size")) {
            ByteArrayOutputStream story = new ByteArrayOutputStream();
            Matcher wire = WIRE.matcher(Files.readString(file));
            while (wire.find() && story.size() < MOST_BYTES / 2) {
                byte[] block = HexFormat.of().parseHex(wire.group(1));
                story.write(Math.min(255, block.length));
                story.write(block, 0, Math.min(255, block.length));
            }
            seeds.add(story.toByteArray());
        }
        return seeds;
    }

    private static List<byte[]> webSockets() {
        return Stream.of(
                        "810568656c6c6f",
                        "818537fa213d7f9f4d5158",
                        "0103486578" + "8900" + "80026c6f",
                        "82fe007e00000000" + "00".repeat(126),
                        "817f0000000000000002" + "6869",
                        "c10702000000ffff" + "8802" + "03e8")
                .map(HexFormat.of()::parseHex)
                .toList();
    }

    private static List<byte[]> contents() throws IOException {
        byte[] text = "some text, and the same again: some text".repeat(9).getBytes(UTF_8);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text);
        }
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(text);
        }
        List<byte[]> seeds = new ArrayList<>();
        for (int coding = 0; coding < 10; coding++) {
            for (byte[] content : List.of(zipped.toByteArray(), deflated.toByteArray(), text)) {
                ByteArrayOutputStream seed = new ByteArrayOutputStream();
                seed.write(coding);
                seed.writeBytes(content);
                seeds.add(seed.toByteArray());
            }
        }
        return seeds;
    }

    private List<byte[]> texts() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        List<Rule> rules = RuleSet.builtInWithExamples().rules();
        // an input takes some ten milliseconds under the fuzzer, and most rules are of a kind
        for (int i = 0; i < rules.size(); i += 12) {
            Rule rule = rules.get(i);
            String hit = rule.hit().getFirst();
            String coded = Base64.getEncoder().encodeToString(hit.getBytes(UTF_8));
            String hex = HexFormat.of().formatHex(hit.getBytes(UTF_8));
            String way = String.valueOf((char) (seeds.size() / 4 % 2));
            seeds.add((way + hit).getBytes(UTF_8));
            seeds.add((way + "{\"a\":\"" + coded + "\"}").getBytes(UTF_8));
            seeds.add((way + "echo " + hex + " | xxd -r -p").getBytes(UTF_8));
            seeds.add((way + "a=" + hit.replace("-", "%2D") + "&b=\\u0041").getBytes(UTF_8));
        }
        for (Path file : files("llm-sse/vercel-ai/anthropic")) {
            byte[] all = Files.readAllBytes(file);
            seeds.add(Arrays.copyOf(all, Math.min(all.length, 2_048)));
        }
        return seeds;
    }

    private List<Path> files(String folder) throws IOException {
        Path root = captures.resolve(folder);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
