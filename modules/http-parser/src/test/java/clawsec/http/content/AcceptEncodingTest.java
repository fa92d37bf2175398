package clawsec.http.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br, zstd     | gzip, deflate, br, zstd",
                "gzip, compress, dcb, dcz    | gzip",
                "gzip;q=0.5, foo;q=1.0       | gzip;q=0.5",
                "zstd;q=0.9, br              | zstd;q=0.9, br",
                "foo                         | identity",
                "''                          | identity",
                "*                           | gzip, deflate, br, zstd",
                "br, *;q=0.5                 | br, gzip;q=0.5, deflate;q=0.5, zstd;q=0.5",
                "gzip;q=0, *                 | gzip;q=0, deflate, br, zstd",
                "*;q=0                       | identity",
                "gzip, *;q=0                 | gzip, *;q=0",
                "foo, identity;q=0           | identity",
                "br, identity;q=0            | br, identity;q=0",
                "gzip, identity; q=0.0       | gzip, identity; q=0.0",
                "x-gzip                      | x-gzip",
                "GZIP                        | GZIP",
                "gzip;q=0                    | gzip;q=0",
            })
    void cut_value_keepsWhatCanBeDecoded(String value, String expected) {
        assertEquals(expected, AcceptEncoding.cut(value));
    }
}
