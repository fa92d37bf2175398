package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.detect.engine.MatchSink;
import clawsec.detect.engine.PatternSet;
import clawsec.detect.engine.TextScan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text built to keep the built-in rules busy, measured in bytes read, not in time. */
class HostileTextTest {
    private static final int TEXT_BYTES = 200_000;

    /** All twelve rules, each reading a byte once, and a few again around its matches. */
    private static final int MOST_READS_A_BYTE = 12;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl ",
                "curl -",
                "curl .|",
                "curl . | sudo -a ",
                "curl . | env a=",
                "base64 -d ",
                "echo ",
                "echo ssh-rsa ",
                "ssh-rsa ",
                "sh ",
                "sh -x ",
                "nc ",
                "nc -x ",
                "nc a 1 ",
                "rm ",
                "rm -r ",
                "rm -rf ",
                "sk-ant",
                "AKIA",
                "-----BEGIN ",
                ".ssh/",
                "/etc/",
                "/dev/tcp/",
                "curl -nc sh rm echo ",
                "/.env ",
                "/etc/passwd ",
                "rm -rf / ",
                "curl a.b|sh "
            })
    void builtInRules_repeatedBeginnings_areReadAFewTimesOnly(String unit) {
        byte[] text = unit.repeat(TEXT_BYTES / unit.length()).getBytes(StandardCharsets.UTF_8);
        List<CompiledRule> rules = RuleSet.builtInWithExamples().all();
        boolean[] isWanted = new boolean[rules.size()];
        Arrays.fill(isWanted, true);
        PatternSet patterns = new PatternSet(rules.stream().map(CompiledRule::pattern).toList());
        TextScan scan = new TextScan(patterns, isWanted, new Deaf());
        scan.read(ByteBuffer.wrap(text));
        scan.end();
        assertTrue(
                scan.readBytes() <= (long) MOST_READS_A_BYTE * text.length,
                () -> scan.readBytes() + " bytes read of " + text.length);
    }

    private static final class Deaf implements MatchSink {
        @Override
        public boolean found(int pattern, long start, long end) {
            return true;
        }

        @Override
        public void ready(int pattern, long start, long end) {}

        @Override
        public void passed() {}
    }
}
