package clawsec.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import clawsec.testkit.Descriptor;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleTest {
    private final Module module = Threat.class.getModule();

    @Test
    void module_underTest_isNamedAndHoldsItsTests() {
        assertEquals("clawsec.log", module.getName());
        assertSame(module, ModuleTest.class.getModule());
    }

    @Test
    void descriptor_borders_areAsDesigned() {
        assertEquals(Set.of("clawsec.log"), Descriptor.exports(module));
        assertEquals(
                Set.of("clawsec.detect", "com.fasterxml.jackson.core"),
                Descriptor.requires(module));
    }

    @Test
    void loggers_ofThisProcess_comeFromHere() {
        assertSame(MonitorLogger.class, System.getLogger("clawsec.anything").getClass());
    }
}
