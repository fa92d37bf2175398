package clawsec.detect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How the streams of models and of their tools say a text in pieces. */
enum DeltaShape {
    ANTHROPIC_TEXT(
            """
            {"type":"content_block_delta","index":%d,"delta":{"type":"text_delta","text":"%s"}}\
            """),
    ANTHROPIC_TOOL(
            """
            {"type":"content_block_delta","index":%d,\
            "delta":{"type":"input_json_delta","partial_json":"%s"}}\
            """),
    ANTHROPIC_THINKING(
            """
            {"type":"content_block_delta","index":%d,\
            "delta":{"type":"thinking_delta","thinking":"%s"}}\
            """),
    CHAT_CONTENT(
            """
            {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":%d,\
            "delta":{"role":"assistant","content":"%s"},"finish_reason":null}]}\
            """),
    CHAT_INDEX_BEHIND(
            """
            {"choices":[{"delta":{"content":"%2$s"},"finish_reason":null,"index":%1$d}]}\
            """),
    CHAT_REFUSAL(
            """
            {"choices":[{"index":%d,"delta":{"refusal":"%s"}}]}\
            """),
    CHAT_REASONING(
            """
            {"choices":[{"index":%d,"delta":{"reasoning_content":"%s"}}]}\
            """),
    CHAT_TOOL(
            """
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":%d,\
            "function":{"arguments":"%s"}}]}}]}\
            """),
    COMPLETION(
            """
            {"object":"text_completion","choices":[{"text":"%2$s","index":%1$d}]}\
            """),
    RESPONSES_TEXT(
            """
            {"type":"response.output_text.delta","item_id":"msg_1","output_index":%d,\
            "content_index":0,"delta":"%s","logprobs":[],"sequence_number":7}\
            """),
    RESPONSES_TOOL(
            """
            {"type":"response.function_call_arguments.delta","item_id":"fc_%d","output_index":0,\
            "delta":"%s"}\
            """),
    RESPONSES_REASONING(
            """
            {"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,\
            "summary_index":%d,"delta":"%s"}\
            """),
    GEMINI_TEXT(
            """
            {"candidates":[{"content":{"parts":[{"text":"%2$s"}],"role":"model"},\
            "index":%1$d}],"modelVersion":"g"}\
            """),
    GEMINI_TOOL(
            """
            {"candidates":[{"content":{"parts":[{"functionCall":{"partialArgs":\
            [{"jsonPath":"$.a","stringValue":"%2$s","willContinue":true}]}}]},"index":%1$d}]}\
            """),
    MCP_RESULT(
            """
            {"jsonrpc":"2.0","id":7,"result":{"index":%d,"content":[{"type":"text","text":"%s"}]}}\
            """),
    MCP_PROGRESS(
            """
            {"jsonrpc":"2.0","method":"notifications/progress","params":{"index":%d,\
            "progressToken":"t","progress":1,"message":"%s"}}\
            """),
    COHERE(
            """
            {"type":"content-delta","index":%d,"delta":{"message":{"content":{"text":"%s"}}}}\
            """),
    BEDROCK_TOOL(
            """
            {"contentBlockDelta":{"contentBlockIndex":%d,"delta":{"toolUse":{"input":"%s"}}}}\
            """),
    OLLAMA_GENERATE(
            """
            {"model":"m","index":%d,"response":"%s","done":false}\
            """),
    OLLAMA_CHAT(
            """
            {"model":"m","index":%d,"message":{"role":"assistant","content":"%s"},"done":false}\
            """);

    private final String event;

    DeltaShape(String event) {
        this.event = event;
    }

    /** The JSON of an event that brings a piece of one of several texts. */
    String json(int index, String piece) {
        return event.formatted(index, escaped(piece));
    }

    /** An event stream that brings a text in pieces of so many characters. */
    String stream(String text, int characters) {
        StringBuilder stream = new StringBuilder();
        pieces(text, characters)
                .forEach(piece -> stream.append("event: x\n").append(event(0, piece)));
        return stream.toString();
    }

    String event(int index, String piece) {
        return "data: " + json(index, piece) + "\n\n";
    }

    static List<String> pieces(String text, int characters) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); at += characters) {
            pieces.add(text.substring(at, Math.min(text.length(), at + characters)));
        }
        return pieces;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char each : text.toCharArray()) {
            switch (each) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                default -> escaped.append(each);
            }
        }
        return escaped.toString();
    }

    static byte[] bytes(String stream) {
        return stream.getBytes(StandardCharsets.UTF_8);
    }
}
