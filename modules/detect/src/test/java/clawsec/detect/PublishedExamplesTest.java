package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What documentation shows as a secret is none in a page that arrives. */
class PublishedExamplesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                // jwt.io, and RFC 7519 section 3.1
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
                        + ".eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6Ikpva"
                        + "G4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ"
                        + ".SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
                "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
                        + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkz"
                        + "ODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
                        + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
                "sk-ant-" + "api03-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "sk-proj-" + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                // Stripe's and Databricks' documentation
                "sk_test_" + "BQokikJOvBiI2HlWgH4olfQ2",
                "dapi" + "1234567890b2cd34ef5a67bc8de90fa12b",
                // the manuals of MongoDB and of age
                "mongodb://" + "myDatabaseUser:D1fficultP%40ssw0rd@mongodb0.example.com:27017/",
                "AGE-SECRET-KEY-1" + "N9JEPW6DWJ0ZQUDX63F5A03GX8QUW7PXDE39N8UYF82VZ9PC8UFS3M7XA9"
            })
    void content_publishedExampleThatArrives_isNothing(String example) {
        List<Finding> findings = new ArrayList<>();
        try (MessageScan scan = Scans.ALL.open(Scans.inbound(), findings::add)) {
            scan.content(Scans.bytes("as in " + example + " here"));
            scan.end();
        }
        assertEquals(List.of(), Scans.patterns(findings));
    }
}
