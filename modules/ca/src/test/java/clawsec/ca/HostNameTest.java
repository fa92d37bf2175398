package clawsec.ca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
    private static final String LABEL_63 = "a".repeat(HostName.MAX_LABEL_CHARS);
    private static final String NAME_253 =
            LABEL_63 + "." + LABEL_63 + "." + LABEL_63 + "." + "b".repeat(61);

    @ParameterizedTest
    @CsvSource({
        "Self.Example,self.example",
        "self.example.,self.example",
        "localhost,localhost",
        "under_score.example,under_score.example",
        "xn--bcher-kva.example,xn--bcher-kva.example",
        "-odd-.example,-odd-.example",
        "1.2.3.4.5,1.2.3.4.5",
        "300.1.1.1,300.1.1.1"
    })
    void names_haveOneForm(String text, String name) {
        assertEquals(new HostName.Dns(name), HostName.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,127.0.0.1",
        "127.0.0.1.,127.0.0.1",
        "127.1,127.0.0.1",
        "::1,0:0:0:0:0:0:0:1",
        "[::1],0:0:0:0:0:0:0:1",
        "2001:DB8::A,2001:db8:0:0:0:0:0:a",
        "fe80::1%eth0,fe80:0:0:0:0:0:0:1"
    })
    void addresses_haveOneForm(String text, String canonical) {
        HostName.Ip address = assertInstanceOf(HostName.Ip.class, HostName.parse(text));
        assertEquals(canonical, address.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a..b",
                ".a",
                "*.example",
                "a b",
                "self.example:443",
                "b\u00fccher.example",
                "a\u0000b",
                "a/b",
                ":::",
                "%"
            })
    void otherTexts_areNoHosts(String text) {
        assertEquals(new HostName.Unnameable(), HostName.parse(text));
    }

    @Test
    void label_of63And64() {
        assertInstanceOf(HostName.Dns.class, HostName.parse(LABEL_63));
        assertInstanceOf(HostName.Unnameable.class, HostName.parse(LABEL_63 + "a"));
    }

    @Test
    void name_of253And254() {
        assertInstanceOf(HostName.Dns.class, HostName.parse(NAME_253));
        assertInstanceOf(HostName.Dns.class, HostName.parse(NAME_253 + "."));
        assertInstanceOf(HostName.Unnameable.class, HostName.parse(NAME_253 + "b"));
        assertInstanceOf(HostName.Unnameable.class, HostName.parse(NAME_253 + "b."));
    }

    @Property(tries = 2000)
    void anyText_hasAnAnswerThatStaysTheSame(@ForAll @StringLength(max = 300) String text) {
        switch (HostName.parse(text)) {
            case HostName.Dns dns -> assertEquals(dns, HostName.parse(dns.name()));
            case HostName.Ip ip -> assertEquals(ip, HostName.parse(ip.text()));
            case HostName.Unnameable() -> {}
        }
    }
}
