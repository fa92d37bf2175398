package clawsec.ca;

import java.nio.file.Path;
import java.time.InstantSource;

/** Opens a root in a process of its own and prints its fingerprint. */
final class OpenOnce {
    private OpenOnce() {}

    public static void main(String[] arguments) throws Exception {
        CertificateAuthority authority =
                CertificateAuthority.open(Path.of(arguments[0]), InstantSource.system());
        LeafStore.of(authority)
                .leaf("self.example")
                .chain()
                .getFirst()
                .verify(authority.certificate().getPublicKey());
        System.out.println(authority.fingerprint());
    }
}
