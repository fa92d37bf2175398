package clawsec.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import clawsec.testkit.Descriptor;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleTest {
    private final Module module = Fields.class.getModule();

    @Test
    void module_underTest_isNamedAndHoldsItsTests() {
        assertEquals("clawsec.http", module.getName());
        assertSame(module, ModuleTest.class.getModule());
    }

    @Test
    void descriptor_borders_areAsDesigned() {
        assertEquals(
                Set.of(
                        "clawsec.http",
                        "clawsec.http.content",
                        "clawsec.http.h1",
                        "clawsec.http.h2",
                        "clawsec.http.hpack",
                        "clawsec.http.sse",
                        "clawsec.http.ws"),
                Descriptor.exports(module));
        assertEquals(Set.of(), Descriptor.requires(module));
    }
}
