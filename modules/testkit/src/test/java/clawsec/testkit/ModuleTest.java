package clawsec.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleTest {
    private final Module module = Splits.class.getModule();

    @Test
    void module_underTest_isNamedAndHoldsItsTests() {
        assertEquals("clawsec.testkit", module.getName());
        assertSame(module, ModuleTest.class.getModule());
    }

    @Test
    void descriptor_borders_areAsDesigned() {
        assertEquals(Set.of("clawsec.testkit", "clawsec.testkit.tidy"), Descriptor.exports(module));
        assertEquals(
                Set.of(
                        "java.compiler",
                        "java.logging",
                        "java.net.http",
                        "jdk.compiler",
                        "jdk.httpserver",
                        "jdk.management",
                        "org.bouncycastle.pkix",
                        "org.bouncycastle.provider"),
                Descriptor.requires(module));
    }
}
