package clawsec.http.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What two ends agreed on, by what they wrote (RFC 7692 §7.1). */
class PermessageDeflateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permessage-deflate | permessage-deflate | true | true",
                "permessage-deflate; client_max_window_bits | permessage-deflate | true | true",
                "permessage-deflate; client_max_window_bits"
                        + " | permessage-deflate; client_max_window_bits=9 | true | true",
                "permessage-deflate; client_max_window_bits=12"
                        + " | permessage-deflate; client_max_window_bits=12 | true | true",
                "permessage-deflate"
                        + " | permessage-deflate; server_max_window_bits=15 | true | true",
                "permessage-deflate; server_max_window_bits=10"
                        + " | permessage-deflate; server_max_window_bits=8 | true | true",
                "permessage-deflate"
                        + " | permessage-deflate; client_no_context_takeover | false | true",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
                        + " | permessage-deflate;server_no_context_takeover | true | false",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate"
                        + " | permessage-deflate | true | true",
                "x-other, permessage-deflate; client_max_window_bits=\"10\""
                        + " | x-other; a=b, permessage-deflate; client_max_window_bits=\"10\""
                        + " | true | true",
            })
    void anAnswerThatFitsAnOffer_isAgreedOn(
            String offered, String accepted, boolean clientKeeps, boolean serverKeeps) {
        assertEquals(
                PermessageDeflate.of(clientKeeps, serverKeeps),
                PermessageDeflate.agreed(fields(offered), fields(accepted)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-other | permessage-deflate",
                "permessage-deflate | x-other",
                "permessage-deflate | permessage-deflate, permessage-deflate",
                "permessage-deflate | permessage-deflate; client_max_window_bits=10",
                "permessage-deflate; client_max_window_bits=10"
                        + " | permessage-deflate; client_max_window_bits=11",
                "permessage-deflate; client_max_window_bits"
                        + " | permessage-deflate; client_max_window_bits",
                "permessage-deflate; server_no_context_takeover | permessage-deflate",
                "permessage-deflate; server_max_window_bits=10 | permessage-deflate",
                "permessage-deflate; server_max_window_bits=10"
                        + " | permessage-deflate; server_max_window_bits=11",
                "permessage-deflate | permessage-deflate; server_max_window_bits=7",
                "permessage-deflate | permessage-deflate; server_max_window_bits=16",
                "permessage-deflate | permessage-deflate; server_max_window_bits=08",
                "permessage-deflate | permessage-deflate; server_max_window_bits=",
                "permessage-deflate | permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate | permessage-deflate; unknown",
                "permessage-deflate | permessage-deflate; ; server_no_context_takeover",
                "permessage-deflate"
                        + " | permessage-deflate; server_no_context_takeover;"
                        + " server_no_context_takeover",
                "permessage-deflate; unknown | permessage-deflate",
                "permessage-deflate; server_max_window_bits=99 | permessage-deflate",
            })
    void anAnswerThatTheClientHasToRefuse_isNot(String offered, String accepted) {
        assertEquals(
                PermessageDeflate.NONE,
                PermessageDeflate.agreed(fields(offered), fields(accepted)));
    }

    @Test
    void offersAndAnswersOnSeveralLines_areRead() {
        Fields offered =
                Fields.of(
                        new FieldLine("Sec-WebSocket-Extensions", "x-other"),
                        new FieldLine("sec-websocket-extensions", "permessage-deflate"));
        assertEquals(PermessageDeflate.of(true, true), PermessageDeflate.agreed(offered, offered));
        assertEquals(PermessageDeflate.NONE, PermessageDeflate.agreed(offered, Fields.EMPTY));
        assertEquals(PermessageDeflate.NONE, PermessageDeflate.agreed(Fields.EMPTY, offered));
    }

    private static Fields fields(String extensions) {
        return Fields.of(new FieldLine("Sec-WebSocket-Extensions", extensions));
    }
}
