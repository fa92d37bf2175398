// Makes the streams in this folder anew: node make-vectors.mjs. README.md says what they are.
import fs from 'node:fs';
import zlib from 'node:zlib';

const {
  BROTLI_OPERATION_FLUSH: FLUSH, BROTLI_OPERATION_FINISH: FINISH, BROTLI_PARAM_QUALITY: QUALITY,
  BROTLI_PARAM_LGWIN: WINDOW, BROTLI_PARAM_MODE: MODE, BROTLI_PARAM_NPOSTFIX: POSTFIX,
  BROTLI_PARAM_NDIRECT: DIRECT,
} = zlib.constants;

// ---- contents, all made up ----

let seed = 7932;
const random = n => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor(seed / 4294967296 * n);
};
const PHRASES = [
  'The time of the first message was not recorded', 'see the description for more information',
  'it is available from the government', 'Content-Type: text/html; charset=utf-8',
  '<div class="content"><a href="http://www.example.com/">Example</a></div>', 'however, this',
  'according to the documentation', '\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440',
  '\u4f60\u597d\uff0c\u4e16\u754c', 'function(event) { return document.getElementById("main"); }',
  'UNIVERSITY, International. Between', 'a number of people in the United States', 'na\u00efve caf\u00e9',
];
const prose = size => {
  let text = '';
  while (text.length < size) {
    text += PHRASES[random(PHRASES.length)] + [' and ', '. ', ', ', ' ', '\n', ' is '][random(6)];
  }
  return Buffer.from(text);
};
const samples = size => {
  const bytes = Buffer.alloc(size);
  for (let i = 0; i + 1 < size; i += 2) {
    bytes.writeInt16LE(Math.round(3000 * Math.sin(i / 90)) + random(40), i);
  }
  return bytes;
};
const event = i => `event: content_block_delta\ndata: {"type":"text_delta","index":${i},"text":"word ${
  random(1000)} of the answer"}\n\n`;

const contents = {
  'empty.bin': Buffer.alloc(0),
  'one.bin': Buffer.from([0x5a]),
  'prose.txt': prose(6000),
  'samples.bin': samples(6000),
  'noise.bin': Buffer.from(Array.from({length: 700}, () => random(256))),
  'mixed.bin': Buffer.concat([prose(9000), samples(9000), prose(4000), Buffer.alloc(5000, 'ab'), samples(4000)]),
};

const save = (name, stream) => fs.writeFileSync(name, stream);
for (const [name, content] of Object.entries(contents)) {
  save(name, content);
}

// ---- streams of the encoder ----

const encode = (content, quality, window, more = {}) => zlib.brotliCompressSync(
  content, {params: {[QUALITY]: quality, [WINDOW]: window, ...more}});

for (const name of ['empty.bin', 'one.bin', 'noise.bin']) {
  save(`${name}.q5-w22.br`, encode(contents[name], 5, 22));
}
for (let quality = 0; quality <= 11; quality++) {
  save(`prose.txt.q${quality}-w22.br`, encode(contents['prose.txt'], quality, 22));
}
for (let window = 10; window <= 24; window++) {
  save(`prose.txt.q9-w${window}.br`, encode(contents['prose.txt'], 9, window));
}
for (const [postfix, direct] of [[0, 15], [1, 12], [2, 28], [3, 120]]) {
  save(`samples.bin.p${postfix}-d${direct}.br`,
    encode(contents['samples.bin'], 11, 16, {[POSTFIX]: postfix, [DIRECT]: direct}));
}
save('samples.bin.q9-font.br', encode(contents['samples.bin'], 9, 18, {[MODE]: 2}));
save('mixed.bin.q11-w24.br', encode(contents['mixed.bin'], 11, 24));
save('mixed.bin.q10-w10.br', encode(contents['mixed.bin'], 10, 10));
save('mixed.bin.q4-w12.br', encode(contents['mixed.bin'], 4, 12));

// ---- events, flushed one by one: a line of offsets in stream and content for each flush ----

const flushed = async (name, quality, beforeEnd) => {
  const encoder = zlib.createBrotliCompress({params: {[QUALITY]: quality}});
  const pieces = [];
  encoder.on('data', piece => pieces.push(piece));
  const size = () => pieces.reduce((sum, piece) => sum + piece.length, 0);
  let content = '';
  let offsets = '';
  for (let i = 0; i < 12; i++) {
    const next = event(i);
    content += next;
    encoder.write(next);
    await new Promise(done => encoder.flush(FLUSH, done));
    offsets += `${size()} ${content.length}\n`;
    if (beforeEnd) {
      pieces.push(beforeEnd(i));
    }
  }
  const ended = new Promise(done => encoder.on('end', done));
  encoder.end();
  await ended;
  save(name, content);
  save(`${name}.q${quality}.br`, Buffer.concat(pieces));
  save(`${name}.q${quality}.flushes`, offsets);
};
for (const quality of [1, 5, 11]) {
  await flushed(`events-${quality}.txt`, quality);
}

// A flush ends at a byte boundary, where metadata of 1 to 3 bytes of length can be put by hand.
const metadata = bytes => {
  const length = bytes.length - 1;
  const units = length > 0xffff ? 3 : length > 0xff ? 2 : 1;
  const head = Buffer.alloc(4);
  // ISLAST 0, MNIBBLES 11, reserved 0, MSKIPBYTES
  head.writeUInt32LE((0b0110 | units << 4) + length * 64 >>> 0);
  return Buffer.concat([head.subarray(0, 1 + units), bytes]);
};
await flushed('metadata.txt', 5, i => i % 3
  ? metadata(Buffer.from(`note ${i} beside the content `.repeat(i === 5 ? 20 : 1)))
  : Buffer.from([0x06]));

// ---- words of the static dictionary in their 121 forms, put together bit by bit ----

class Bits {
  bytes = [];
  at = 0;
  put(value, count) {
    for (let i = 0; i < count; i++, this.at++) {
      if (this.at % 8 === 0) {
        this.bytes.push(0);
      }
      this.bytes[this.at >> 3] |= (value >> i & 1) << this.at % 8;
    }
    return this;
  }
}
const WORD_BITS = [0, 0, 0, 0, 10, 10, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7, 7, 8, 7, 7, 6, 6, 5, 5];
const COPY = [[2, 0], [3, 0], [4, 0], [5, 0], [6, 0], [7, 0], [8, 0], [9, 0], [10, 1], [12, 1], [14, 2], [18, 2],
  [22, 3]];
/** A meta-block that is one reference to a word. */
const word = (bits, length, distance, outputLength) => {
  bits.put(0, 1).put(0, 2).put(outputLength - 1, 16).put(0, 1);          // ISLAST, MNIBBLES, MLEN, ISUNCOMPRESSED
  bits.put(0, 3).put(0, 2).put(0, 4).put(0, 2).put(0, 2);                // block types, NPOSTFIX, NDIRECT, mode, trees
  bits.put(1, 2).put(0, 2).put(0, 8);                                    // literals: the one symbol 0
  const copy = COPY.findLastIndex(([start]) => start <= length);
  bits.put(1, 2).put(0, 2).put(copy < 8 ? 128 + copy : 192 + copy - 8, 10);
  let symbol = 0;
  const base = s => ((2 + (s & 1)) << 1 + (s >> 1)) - 4 + 1;
  while (base(symbol + 1) <= distance) {
    symbol++;
  }
  bits.put(1, 2).put(0, 2).put(16 + symbol, 6);
  bits.put(length - COPY[copy][0], COPY[copy][1]).put(distance - base(symbol), 1 + (symbol >> 1));
};
const start = () => new Bits().put(0b1111, 4);                            // WBITS 24
const whole = bits => Buffer.from(bits.put(3, 2).bytes);                  // ISLAST, ISLASTEMPTY
const wordLength = (length, id) => {
  for (let size = 1; size <= 37; size++) {
    const bits = start();
    word(bits, length, id + 1, size);
    try {
      return zlib.brotliDecompressSync(whole(bits)).length;
    } catch {
      // another size
    }
  }
  return 0;                                                              // nothing is left of the word
};
const all = start();
let reach = 0;
for (let transform = 0; transform < 121; transform++) {
  for (const length of new Set([4, 4 + transform % 21, 24])) {
    const id = (transform << WORD_BITS[length]) + random(1 << WORD_BITS[length]);
    const size = wordLength(length, id);
    if (size > 0) {
      word(all, length, reach + id + 1, size);
      reach += size;
    }
  }
}
const words = whole(all);
save('words.bin', zlib.brotliDecompressSync(words));
save('words.bin.made.br', words);

// ---- every stream gives its content ----

for (const name of fs.readdirSync('.').filter(each => each.endsWith('.br'))) {
  const content = name.split('.').slice(0, 2).join('.');
  if (!zlib.brotliDecompressSync(fs.readFileSync(name)).equals(fs.readFileSync(content))) {
    throw new Error(name);
  }
}
