package clawsec.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import clawsec.testkit.Descriptor;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleTest {
    private final Module module = ClientHello.class.getModule();

    @Test
    void module_underTest_isNamedAndHoldsItsTests() {
        assertEquals("clawsec.tls", module.getName());
        assertSame(module, ModuleTest.class.getModule());
    }

    @Test
    void descriptor_borders_areAsDesigned() {
        assertEquals(Set.of("clawsec.tls"), Descriptor.exports(module));
        assertEquals(
                Set.of("clawsec.ca", "org.bouncycastle.provider"), Descriptor.requires(module));
    }
}
