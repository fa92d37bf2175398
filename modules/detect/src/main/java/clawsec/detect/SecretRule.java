package clawsec.detect;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a rule says of the secrets it matches. The secret itself is the match without its prefix.
 *
 * @param prefix an expression for the part that tells what it is and stays readable; empty for none
 * @param isInNames whether {@code \b} at an end of the rule's expression holds beside an underscore
 *     that cannot be the secret's own, so that it is found within the name of a file
 * @param tail an expression for what may follow a match and belongs to the secret; empty for
 *     letters, digits, {@code _} and {@code -}
 * @param unless expressions for prefixes after which nothing is a secret
 * @param entropyBits the least Shannon entropy of the secret, in bits a byte; 0 for any
 * @param holds kinds of characters, of each of which the secret has one at least
 * @param checksum that has to be right
 * @param examples expressions for secrets that are published as examples, looked for in the match
 * @param homeHosts of the provider, to which the secret is sent in normal use: names, a leading
 *     {@code *.} for all below the rest, any other {@code *} for characters of a label; the last
 *     that matches a host decides, and one with {@code !} in front takes it out
 * @param homes of secrets whose beginning tells the provider, the first that fits; {@code
 *     homeHosts} are those of all others
 * @param tenantHosts of the provider where its customers' own code or storage answers, so that
 *     normal use cannot be told from loss; likewise
 * @param isGeneric whether a match is reported only where no other rule for secrets matched any of
 *     its bytes
 */
public record SecretRule(
        String prefix,
        boolean isInNames,
        String tail,
        List<String> unless,
        double entropyBits,
        Set<CharacterKind> holds,
        Optional<Checksum> checksum,
        List<String> examples,
        List<String> homeHosts,
        List<HomeHosts> homes,
        List<String> tenantHosts,
        boolean isGeneric) {
    /** A secret that is masked, and of which nothing more is known. */
    public static final SecretRule PLAIN =
            new SecretRule(
                    "",
                    false,
                    "",
                    List.of(),
                    0,
                    Set.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    false);

    public SecretRule {
        unless = List.copyOf(unless);
        holds = Set.copyOf(holds);
        examples = List.copyOf(examples);
        homeHosts = List.copyOf(homeHosts);
        homes = List.copyOf(homes);
        tenantHosts = List.copyOf(tenantHosts);
    }
}
