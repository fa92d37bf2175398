package clawsec.ctl.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NearMissTest {
    private static final List<String> NAMES = List.of("proxy_port", "proxy_host", "log_dir", "ab");

    @Test
    void of_oneToThreeEditsOfALongName_isMeant() {
        assertEquals(Optional.of("proxy_port"), NearMiss.of("proxy_prot", NAMES));
        assertEquals(Optional.of("proxy_port"), NearMiss.of("proxyport", NAMES));
        assertEquals(Optional.of("log_dir"), NearMiss.of("logdirs", NAMES));
        assertEquals(Optional.of("proxy_host"), NearMiss.of("prxy_hst", NAMES));
    }

    @Test
    void of_moreEditsThanAThird_isNot() {
        assertEquals(Optional.empty(), NearMiss.of("xyz_dir", NAMES));
        assertEquals(Optional.empty(), NearMiss.of("xyzwy_port", NAMES));
        assertEquals(Optional.empty(), NearMiss.of("ax", NAMES));
        assertEquals(Optional.empty(), NearMiss.of("", NAMES));
    }

    @Test
    void nearest_givesTheNearestFirst_andNoMoreThanAsked() {
        List<String> names = List.of("log_dir_123", "log_dir_1", "log_dir_12", "other");
        assertEquals(List.of("log_dir_1"), NearMiss.nearest("log_dir_", names, 1));
        assertEquals(
                List.of("log_dir_1", "log_dir_12", "log_dir_123"),
                NearMiss.nearest("log_dir_", names, 4));
        assertEquals(List.of(), NearMiss.nearest("xyz", names, 3));
    }

    @Test
    void distance_knownPairs_isAsCounted() {
        assertEquals(0, NearMiss.distance("same", "same"));
        assertEquals(3, NearMiss.distance("kitten", "sitting"));
        assertEquals(1, NearMiss.distance("port", "prot"));
        assertEquals(4, NearMiss.distance("", "port"));
    }

    @Property(tries = 200)
    void distance_anyTwoWords_isSymmetricAndBounded(
            @ForAll @AlphaChars @StringLength(max = 12) String a,
            @ForAll @AlphaChars @StringLength(max = 12) String b) {
        int distance = NearMiss.distance(a, b);
        assertEquals(distance, NearMiss.distance(b, a));
        assertTrue(distance <= Math.max(a.length(), b.length()));
        assertTrue(distance >= Math.abs(a.length() - b.length()));
    }
}
