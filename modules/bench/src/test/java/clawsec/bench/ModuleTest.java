package clawsec.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ModuleTest {
    private final Module module = Bench.class.getModule();

    @Test
    void module_underTest_isNamedAndHoldsItsTests() {
        assertEquals("clawsec.bench", module.getName());
        assertSame(module, ModuleTest.class.getModule());
    }

    @Test
    void descriptor_borders_nothingIsExported() {
        assertTrue(module.getDescriptor().exports().isEmpty());
    }
}
