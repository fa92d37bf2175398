/**
 * The detector. Start at {@link clawsec.detect.Detector}: it opens one {@link
 * clawsec.detect.MessageScan} a message, which takes the head and the content as they arrive and
 * hands each {@link clawsec.detect.Finding} to a sink. A {@code Detector} is shared and finds the
 * same whatever it found before; a {@code MessageScan} is confined to one thread at a time. For
 * messages that follow one another in one direction of a connection it opens a {@link
 * clawsec.detect.SequenceScan}, which hands out a {@code MessageScan} for each.
 *
 * <p>A rule file, one of the built-in ones included, is a JSON object: {@code version} (1), {@code
 * rules}, and {@code note}, a text that nobody reads. A rule has the keys
 *
 * <ul>
 *   <li>{@code id}, {@code title}, {@code type} (EXFIL or INJECTION), {@code severity} (info, low,
 *       medium, high, critical);
 *   <li>{@code regex}, in the notation of {@code clawsec.detect.expression}, and {@code
 *       case_insensitive} (false), which is about ASCII: of other letters the small ones stand for
 *       both cases. Every match must contain one of a few literals of three bytes or more, which
 *       are found, not declared; in a group {@code (?:...)} only if there is none elsewhere, which
 *       is for words that every text has. Where it begins with {@code (?w)}, a space stands for any
 *       gap between two words, such as a line break with the front of a quotation's next line, and
 *       is in no literal. Repetition without an upper end stands at the end of the expression only,
 *       and a match is cut after 4096 bytes; written out, all before it takes 1024 bytes at most. A
 *       leading {@code \b} also holds after an escape sequence, so that tokens inside quoted text
 *       are found;
 *   <li>{@code directions}, of outbound and inbound (both);
 *   <li>{@code secret}, whether a match holds a secret, which is masked (true for EXFIL). For
 *       secrets also: {@code prefix}, an expression for the beginning that stays readable with four
 *       more characters (none); the secret is what follows it. {@code in_names}, whether a {@code
 *       \b} at an end of {@code regex} also holds beside an underscore, unless the secret may have
 *       one there itself (false), so that it is found in {@code key_of_this.txt}. {@code tail}, an
 *       expression for what belongs to the secret after a match (letters, digits, {@code _} and
 *       {@code -}). {@code unless}, expressions for prefixes after which nothing is a secret
 *       (none). {@code entropy}, the fewest bits a byte of the secret, 0 to 8 (0). {@code holds}, a
 *       list out of digit, upper, lower and letter, of each of which the secret has one (none).
 *       {@code checksum}, the name of a {@link clawsec.detect.Checksum} in lower case. {@code
 *       examples}, expressions for secrets that are published as examples. {@code generic}, whether
 *       a match is reported only where no other rule for secrets matched (false);
 *   <li>likewise for secrets: {@code home_hosts}, hosts that the provider itself operates to take
 *       them; {@code homes}, a list of objects with {@code prefix}, an expression for how some of
 *       the secrets begin, and {@code hosts}, where those are at home: the first that fits counts,
 *       and {@code home_hosts} are for the secrets that none fits. {@code tenant_hosts}, the
 *       provider's hosts where its customers' own code or storage answers. An entry of these lists
 *       is a host name; {@code *.} in front stands for all names below the rest, any other {@code
 *       *} for characters of one label. The last entry that matches a host decides, and one with
 *       {@code !} in front takes out what others before it let in;
 *   <li>{@code allow}, expressions for what is no threat, looked for in the secret, or in the match
 *       of a rule without one. They, {@code unless} and {@code examples} ignore letter case and
 *       need no literal;
 *   <li>{@code lesser}, expressions for matches, whole ones, that are less of a threat than the
 *       severity says, such as a connection to the machine itself. They ignore letter case;
 *   <li>{@code hit} and {@code miss}, texts in which the rule matches and does not; they are tried
 *       when a file is read.
 * </ul>
 *
 * <p>Any other key is refused, and so is a file of more than 4 MiB or 4096 rules, an expression of
 * more than 16384 characters, and a file whose expressions, written out, take more than 131072
 * bytes.
 *
 * <p>What a message decodes to is looked at as well, by the package {@code decode}, each decoding a
 * layer below the text it was found in, four deep and within {@link clawsec.detect.DecodeLimits}. A
 * finding there says {@code via}, outermost first: percent, form (a plus for a space), json, hex,
 * html, quoted-printable, unicode, octal, base32, base64, utf-16, utf-32, gzip, zlib, deflate, zip,
 * shell, and for parts that were joined query, path and host of a request's target, fields and
 * multipart of its content, deltas of a stream of events, and messages of a {@link
 * clawsec.detect.SequenceScan}. What is found there counts only if the text around does not show it
 * as well.
 *
 * <p>Of {@code text/event-stream}, and of lines of JSON, what comes in pieces is joined: a model's
 * answer, its reasoning and the arguments of its tools arrive a few characters an event. Not by the
 * shapes of the providers there are, for new ones come every month, but by one rule: strings at the
 * same place of each event's JSON (names, indexes in lists, and what objects around say in {@code
 * index}, {@code item_id} and the like) are one text, if {@code DeltaNames} knows the name, such as
 * text, content or arguments, or if they stand in a member with "delta" in its name. By name, and
 * not whatever changes, since ids, times and signatures joined make nonsense, which costs as much
 * to scan and may look like a secret. The limit of a message, {@link
 * clawsec.detect.DetectConfig#maxScanBytes}, counts for each event of a {@code text/event-stream}.
 *
 * <p>How bad a match is depends on where it goes and whether the text around it quotes it to
 * explain it, see {@code Judgement} and {@code Surroundings}. Of the first twelve rules, keys and
 * SSH keys are secrets; paths are shown as they are. Public keys are masked too, since their length
 * would leave no room for what stands around them.
 */
@NullMarked
package clawsec.detect;

import org.jspecify.annotations.NullMarked;
