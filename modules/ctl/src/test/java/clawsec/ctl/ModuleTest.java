package clawsec.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import clawsec.testkit.Descriptor;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleTest {
    private final Module module = Main.class.getModule();

    @Test
    void module_underTest_isNamedAndHoldsItsTests() {
        assertEquals("clawsec.ctl", module.getName());
        assertSame(module, ModuleTest.class.getModule());
    }

    @Test
    void descriptor_borders_areAsDesigned() {
        assertEquals(Set.of(), Descriptor.exports(module));
        assertEquals(
                Set.of(
                        "clawsec.ca",
                        "clawsec.detect",
                        "clawsec.http",
                        "clawsec.log",
                        "clawsec.proxy",
                        "clawsec.tls",
                        "com.fasterxml.jackson.core",
                        "jdk.unsupported",
                        "org.apache.commons.cli"),
                Descriptor.requires(module));
    }
}
