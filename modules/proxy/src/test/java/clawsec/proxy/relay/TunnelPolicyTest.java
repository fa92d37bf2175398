package clawsec.proxy.relay;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TunnelPolicyTest {
    @Test
    void trailingDot_andCase_makeNoDifference() {
        TunnelPolicy policy =
                TunnelPolicy.of(true, List.of("one.test", "Two.test.", "*.three.test"));
        for (String host : List.of("ONE.test.", "one.test", "two.test", "a.three.test.")) {
            assertTrue(policy.isBlind(host), host);
        }
        for (String host : List.of("one.test..", "three.test", ".", "")) {
            assertFalse(policy.isBlind(host), host);
        }
    }
}
