/**
 * Ways in which text is written so that it does not read as what it is, undone. A text is read once
 * by each of
 *
 * <ul>
 *   <li>{@link clawsec.detect.decode.Unescaper}: percent-encoding, escapes of JSON, {@code \x} and
 *       octal ones, a form's plus, references of HTML, quoted-printable, lookalikes of ASCII, and
 *       spellings that rules do not have, such as capital letters beyond ASCII. It gives the text
 *       without them, 128 bytes before the first to 128 behind the last;
 *   <li>{@link clawsec.detect.decode.RunReader}: hexadecimal, base32 and base64 of 16 characters or
 *       more, of which three quarters of the first 64 characters give text, or which begin with
 *       gzip, zlib, deflate of text or a zip archive;
 *   <li>{@link clawsec.detect.decode.PairReader}: hexadecimal digits in pairs, eight or more;
 *   <li>{@link clawsec.detect.decode.WideReader}: UTF-16 and UTF-32;
 *   <li>{@link clawsec.detect.decode.PackedReader}: gzip and deflated entries of zip archives
 *       anywhere, zlib and bare deflate where the text begins;
 *   <li>{@link clawsec.detect.decode.LineReader}: lines with a sign of obfuscation, as a shell
 *       reads them ({@link clawsec.detect.decode.ShellWords}).
 * </ul>
 *
 * <p>Each takes a text in pieces from a {@link clawsec.detect.decode.History} and gives the same
 * wherever it is cut. {@link clawsec.detect.decode.Novelty} says what of the result its source does
 * not show. How deep decodings are put into one another, and how many bytes a message may cost, is
 * not their business. Of short texts that the first makes, {@link
 * clawsec.detect.decode.FurtherLook} says whether the others would find anything. All are confined
 * to their scan; {@link clawsec.detect.decode.Decoder}s hold no state. Unknown here: rules,
 * messages, secrets.
 */
@NullMarked
package clawsec.detect.decode;

import org.jspecify.annotations.NullMarked;
