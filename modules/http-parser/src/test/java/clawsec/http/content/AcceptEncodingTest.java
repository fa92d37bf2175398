package clawsec.http.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br, zstd     | gzip, deflate",
                "gzip;q=0.5, br;q=1.0        | gzip;q=0.5",
                "br                          | identity",
                "''                          | identity",
                "*                           | gzip, deflate",
                "br, *;q=0.5                 | gzip;q=0.5, deflate;q=0.5",
                "gzip;q=0, *                 | gzip;q=0, deflate",
                "*;q=0                       | identity",
                "gzip, *;q=0                 | gzip, *;q=0",
                "br, identity;q=0            | identity",
                "gzip, identity; q=0.0       | gzip, identity; q=0.0",
                "x-gzip                      | x-gzip",
                "GZIP                        | GZIP",
                "gzip;q=0                    | gzip;q=0",
            })
    void cut_value_keepsWhatCanBeDecoded(String value, String expected) {
        assertEquals(expected, AcceptEncoding.cut(value));
    }
}
