/**
 * The brotli format (RFC 7932), decoding only. Start at {@link
 * clawsec.http.content.brotli.BrotliDecoder}; below it a stream is read by {@code MetaBlockReader},
 * {@code MetaBlockHeader} and {@code CommandReader}, each of which stops where the input does, and
 * goes on where it stopped. Confined to one thread at a time.
 *
 * <p>Own code, since what a Java library offers cannot wait: org.brotli:dec 0.1.2 pulls from an
 * {@code InputStream}, reads until it has 4,096 bytes of it or its end before it decodes any of
 * them (its {@code BitReader.readMoreInput}), and holds its state only between calls that gave
 * output. An event stream that is flushed with every token would be seen kilobytes late, and to
 * wait inside {@code read} takes a thread, which this module does not hold.
 *
 * <p>Memory: the window (as large as the stream asks for, at most 16 MiB, but at most twice what
 * came out yet) and the tables of one meta-block (a few KB as a rule; 256 codes of each kind with
 * the longest second tables take below 2 MB). Work: each bit of input is looked at a bounded number
 * of times; only output may be without bound, and that is the sink's to stop.
 *
 * <p>Two resources stand beside these classes: {@code static-dictionary.bin}, the 122,784 bytes of
 * RFC 7932 appendix A (CRC-32 5136cb04), and {@code transforms.bin}, the 121 transforms of appendix
 * B in the form that it gives for its check value (648 bytes, CRC-32 3d965f81). Both are data
 * published in the RFC, and were taken from libbrotlicommon 1.0.9, which has the same.
 *
 * <p>Left out: encoding; shared dictionaries and large windows (RFC 9841), which are another format
 * and not what the content coding {@code br} means; a demand that only a compressor can keep and no
 * decoder checks, that each block type and each code that is declared be used.
 */
@NullMarked
package clawsec.http.content.brotli;

import org.jspecify.annotations.NullMarked;
