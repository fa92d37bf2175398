package clawsec.testkit.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinkCheckTest {
    @Test
    void of_linkToNowhere_isRefused() {
        String text =
                """
                [there](../README.md#top) and [a folder](deep/)
                [gone](gone.md), [outside](https://example.com/)
                """;
        List<SourceFile> files =
                List.of(
                        SourceFile.parse("README.md", ""),
                        SourceFile.parse("modules/deep/a.txt", ""),
                        SourceFile.parse("modules/README.md", text));
        assertEquals(
                List.of("modules/README.md:2: no file gone.md"),
                LinkCheck.of(files).stream().map(Complaint::toString).toList());
    }
}
