package clawsec.http.h1;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The calls that llhttp made for one input, as its test suite writes them down, put together to
 * messages again.
 */
final class LlhttpLog {
    private static final Pattern SPAN = Pattern.compile("span\\[(\\w+)\\]=\"(.*)\"$");
    private static final Pattern STATUS = Pattern.compile("status=(\\d+)");

    private final boolean isRequest;
    private final List<PlainMessage> messages = new ArrayList<>();
    private final StringBuilder first = new StringBuilder();
    private final StringBuilder second = new StringBuilder();
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder value = new StringBuilder();
    private final StringBuilder content = new StringBuilder();
    private List<String> fields = new ArrayList<>();
    private boolean isHead;

    private LlhttpLog(boolean isRequest) {
        this.isRequest = isRequest;
    }

    static List<PlainMessage> messages(String log, boolean isRequest) {
        LlhttpLog reading = new LlhttpLog(isRequest);
        log.lines().forEach(reading::read);
        reading.end(false);
        return reading.messages;
    }

    private void read(String line) {
        Matcher span = SPAN.matcher(line);
        if (span.find()) {
            note(span.group(1), plain(span.group(2)));
        } else if (line.endsWith("span[body]=cr")) {
            content.append('\r');
        } else if (line.endsWith("span[body]=lf")) {
            content.append('\n');
        } else if (line.endsWith("message begin")) {
            end(false);
        } else if (line.endsWith("header_value complete")) {
            if (isHead) {
                fields.add(name + ": " + value.toString().strip());
            }
            name.setLength(0);
            value.setLength(0);
        } else if (line.contains("headers complete")) {
            Matcher status = STATUS.matcher(line);
            if (!isRequest && status.find()) {
                first.append(status.group(1));
            }
            isHead = false;
        } else if (line.endsWith("message complete")) {
            end(true);
        }
    }

    private void note(String kind, String text) {
        switch (kind) {
            case "method" -> {
                first.append(text);
                isHead = true;
            }
            case "version" -> isHead = true;
            case "url", "status" -> second.append(text);
            case "header_field" -> name.append(text);
            case "header_value" -> value.append(text);
            case "body" -> content.append(text);
            default -> {}
        }
    }

    private void end(boolean isWhole) {
        if (first.length() > 0) {
            String start = first + " " + second;
            messages.add(new PlainMessage(start, fields, content.toString(), isWhole));
        }
        fields = new ArrayList<>();
        for (StringBuilder part : List.of(first, second, name, value, content)) {
            part.setLength(0);
        }
    }

    private static String plain(String text) {
        return text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\f", "\f");
    }
}
