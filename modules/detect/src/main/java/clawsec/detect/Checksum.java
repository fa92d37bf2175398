package clawsec.detect;

import clawsec.detect.secret.Base62Crc32;
import clawsec.detect.secret.Iban;
import clawsec.detect.secret.JwtStructure;
import clawsec.detect.secret.Luhn;
import clawsec.detect.secret.SeedPhrase;

/** Checks that formats of secrets carry in themselves; a rule file names them in lower case. */
public enum Checksum {
    /** CRC-32 of all but the last six characters, in base 62: GitHub's and npm's tokens. */
    BASE62_CRC32 {
        @Override
        boolean isRight(byte[] secret) {
            return Base62Crc32.isRight(secret);
        }
    },
    /** Card numbers (ISO/IEC 7812-1), spaces and hyphens between the digits allowed. */
    LUHN {
        @Override
        boolean isRight(byte[] secret) {
            return Luhn.isRight(secret);
        }
    },
    /** Account numbers (ISO 13616), spaces allowed. */
    IBAN {
        @Override
        boolean isRight(byte[] secret) {
            return Iban.isRight(secret);
        }
    },
    /** A mnemonic of English words (BIP-39). */
    BIP39 {
        @Override
        boolean isRight(byte[] secret) {
            return SeedPhrase.isRight(secret);
        }
    },
    /** A header that is a JSON object with {@code alg}, and a payload that is one (RFC 7519). */
    JWT {
        @Override
        boolean isRight(byte[] secret) {
            return JwtStructure.isRight(secret);
        }
    };

    /**
     * @param secret the match without its prefix
     */
    abstract boolean isRight(byte[] secret);
}
