package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BuiltInRulesTest {
    @Test
    void builtIn_beginsWithTheTwelve() {
        assertEquals(
                List.of(
                        "ai_api_key",
                        "aws_access_key",
                        "private_key_pem",
                        "ssh_key_file",
                        "unix_sensitive",
                        "dotenv_file",
                        "ssh_pubkey",
                        "pipe_to_shell",
                        "shell_exec",
                        "reverse_shell",
                        "destructive_rm",
                        "ssh_key_inject"),
                RuleSet.builtIn().rules().stream().limit(12).map(Rule::id).toList());
    }

    @TestFactory
    Stream<DynamicTest> everyHit_isFound_andNoMiss() {
        return RuleSet.builtInWithExamples().all().stream().flatMap(BuiltInRulesTest::examples);
    }

    private static Stream<DynamicTest> examples(CompiledRule compiled) {
        Rule rule = compiled.rule();
        Stream<DynamicTest> hits =
                rule.hit().stream()
                        .map(text ->
                                DynamicTest.dynamicTest(
                                        rule.id() + " hit " + text,
                                        () -> assertTrue(compiled.matches(text))));
        Stream<DynamicTest> misses =
                rule.miss().stream()
                        .map(text ->
                                DynamicTest.dynamicTest(
                                        rule.id() + " miss " + text,
                                        () -> assertFalse(compiled.matches(text))));
        return Stream.concat(hits, misses);
    }
}
