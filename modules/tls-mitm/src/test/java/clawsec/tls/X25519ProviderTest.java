package clawsec.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class X25519ProviderTest {
    private static final HexFormat HEX = HexFormat.of();

    @BeforeAll
    static void install() {
        X25519Provider.install();
    }

    @Test
    void install_again_changesNothing() throws Exception {
        assertEquals(
                X25519Provider.NAME, KeyPairGenerator.getInstance("XDH").getProvider().getName());
        int count = Security.getProviders().length;
        X25519Provider.install();
        assertEquals(count, Security.getProviders().length);
    }

    @Test
    void rfc7748_6_1() throws Exception {
        PrivateKey bob = secret("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
        PublicKey alice = open("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
        KeyAgreement agreement = KeyAgreement.getInstance("XDH");
        agreement.init(bob);
        agreement.doPhase(alice, true);
        assertEquals(X25519Provider.NAME, agreement.getProvider().getName());
        assertEquals(
                "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
                HEX.formatHex(agreement.generateSecret()));
    }

    @Test
    void ownAndJdkKeys_agreeInBothDirections() throws Exception {
        for (int i = 0; i < 20; i++) {
            KeyPair own = pair(X25519Provider.NAME);
            KeyPair jdk = pair("SunEC");
            byte[] expected = agree("SunEC", jdk.getPrivate(), own.getPublic());
            assertArrayEquals(
                    expected, agree(X25519Provider.NAME, own.getPrivate(), jdk.getPublic()));
            assertArrayEquals(expected, agree("SunEC", own.getPrivate(), jdk.getPublic()));
            assertArrayEquals(
                    expected, agree(X25519Provider.NAME, jdk.getPrivate(), own.getPublic()));
        }
    }

    @Test
    void pointsOfSmallOrder_areRefused() throws Exception {
        PrivateKey own = pair(X25519Provider.NAME).getPrivate();
        for (BigInteger u : List.of(BigInteger.ZERO, BigInteger.ONE)) {
            PublicKey small =
                    KeyFactory.getInstance("XDH")
                            .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u));
            assertThrows(InvalidKeyException.class, () -> agree(X25519Provider.NAME, own, small));
        }
    }

    @Test
    void x448_goesOnToTheJdk() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("XDH");
        generator.initialize(NamedParameterSpec.X448);
        KeyPair pair = generator.generateKeyPair();
        KeyAgreement agreement = KeyAgreement.getInstance("XDH");
        agreement.init(pair.getPrivate());
        agreement.doPhase(pair.getPublic(), true);
        assertEquals("SunEC", agreement.getProvider().getName());
        assertEquals(56, agreement.generateSecret().length);
    }

    private static KeyPair pair(String provider) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("XDH", provider);
        generator.initialize(NamedParameterSpec.X25519);
        return generator.generateKeyPair();
    }

    private static byte[] agree(String provider, PrivateKey own, PublicKey peer) throws Exception {
        KeyAgreement agreement = KeyAgreement.getInstance("XDH", provider);
        agreement.init(own);
        agreement.doPhase(peer, true);
        return agreement.generateSecret("TlsPremasterSecret").getEncoded();
    }

    private static PrivateKey secret(String hex) throws Exception {
        return KeyFactory.getInstance("XDH")
                .generatePrivate(
                        new XECPrivateKeySpec(NamedParameterSpec.X25519, HEX.parseHex(hex)));
    }

    private static PublicKey open(String hex) throws Exception {
        return KeyFactory.getInstance("XDH")
                .generatePublic(
                        new XECPublicKeySpec(
                                NamedParameterSpec.X25519,
                                X25519Agreement.fromLittleEndian(HEX.parseHex(hex))));
    }
}
