/**
 * The detector. Start at {@link clawsec.detect.Detector}: it opens one {@link
 * clawsec.detect.MessageScan} a message, which takes the head and the content as they arrive and
 * hands each {@link clawsec.detect.Finding} to a sink. A {@code Detector} is immutable and shared;
 * a {@code MessageScan} is confined to one thread at a time.
 *
 * <p>A rule file, the built-in {@code rules.json} included, is one JSON object: {@code version}
 * (1), {@code rules}, and {@code note}, a text that nobody reads. A rule has the keys
 *
 * <ul>
 *   <li>{@code id}, {@code title}, {@code type} (EXFIL or INJECTION), {@code severity} (info, low,
 *       medium, high, critical);
 *   <li>{@code regex}, in the notation of {@code clawsec.detect.expression}, and {@code
 *       case_insensitive} (false). Every match must contain one of a few literals of three bytes or
 *       more, which are found, not declared. Repetition without an upper end stands at the end of
 *       the expression only, and a match is cut after 4096 bytes; written out, all before it takes
 *       1024 bytes at most. A leading {@code \b} also holds after an escape sequence, so that
 *       tokens inside quoted text are found;
 *   <li>{@code directions}, of outbound and inbound (both);
 *   <li>{@code secret}, whether a match is masked (true for EXFIL), and for secrets {@code prefix},
 *       an expression for the beginning that stays readable with four more characters (none), and
 *       {@code tail}, an expression for what belongs to the secret after a match (letters, digits,
 *       {@code _} and {@code -});
 *   <li>{@code hit} and {@code miss}, texts in which the rule matches and does not; they are tried
 *       when a file is read.
 * </ul>
 *
 * <p>Any other key is refused, {@code entropy}, {@code checksum}, {@code home_hosts} and {@code
 * allow} for now included: a rule that asks for a check that is not made would report too much.
 *
 * <p>Of the built-in rules, keys and SSH keys are secrets; paths are shown as they are. Public keys
 * are masked too, since their length would leave no room for what stands around them.
 */
@NullMarked
package clawsec.detect;

import org.jspecify.annotations.NullMarked;
