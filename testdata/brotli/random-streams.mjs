// Writes streams to standard output for NodeTest, each with the verdict of Node's decoder:
//   4 bytes length, stream, 1 byte verdict (1 whole, 2 cut short, 0 broken), 4 bytes length, content
// node random-streams.mjs whole|damaged COUNT
import fs from 'node:fs';
import zlib from 'node:zlib';

const [kind, count] = [process.argv[2], Number(process.argv[3])];
const constants = zlib.constants;
let seed = Date.now() >>> 0;
console.error(`random-streams.mjs: seed ${seed}`);
const random = n => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor(seed / 4294967296 * n);
};
const prose = fs.readFileSync(new URL('prose.txt', import.meta.url));
const words = fs.readFileSync(new URL('words.bin', import.meta.url));
const some = from => from.subarray(random(from.length), random(from.length) + 1);

const contents = [
  size => Buffer.from(Array.from({length: size}, () => random(256))),
  size => Buffer.alloc(size, random(256)),
  size => Buffer.from(Array.from({length: size}, () => 97 + random(1 + random(26)))),
  () => Buffer.concat(Array.from({length: random(40)}, () => some(random(2) ? prose : words))),
  size => {
    const bytes = Buffer.alloc(size);
    for (let i = 0; i + 1 < size; i += 2) {
      bytes.writeInt16LE(Math.round(3000 * Math.sin(i / 50)) + random(50), i);
    }
    return bytes;
  },
];

const stream = () => {
  const content = contents[random(contents.length)](random(4) ? random(3000) : random(40000));
  return zlib.brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: random(12),
      [constants.BROTLI_PARAM_LGWIN]: 10 + random(15),
      [constants.BROTLI_PARAM_MODE]: random(3),
      [constants.BROTLI_PARAM_NPOSTFIX]: random(4),
      [constants.BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING]: random(2),
    },
  });
};

const damaged = bytes => {
  if (random(4) === 0) {
    return bytes.subarray(0, random(bytes.length));
  }
  const copy = Buffer.from(bytes);
  const range = random(2) ? copy.length : Math.min(64, copy.length);
  for (let i = random(3); i >= 0; i--) {
    copy[random(range)] ^= 1 << random(8);
  }
  return copy;
};

const number = value => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

for (let i = 0; i < count; i++) {
  const bytes = kind === 'damaged' ? damaged(stream()) : stream();
  let verdict = 1;
  let content = Buffer.alloc(0);
  try {
    content = zlib.brotliDecompressSync(bytes, {maxOutputLength: 1 << 21});
  } catch (e) {
    if (e.code === 'ERR_BUFFER_TOO_LARGE') {
      i--;
      continue;
    }
    verdict = e.code === 'Z_BUF_ERROR' ? 2 : 0;
  }
  fs.writeSync(1, Buffer.concat(
    [number(bytes.length), bytes, Buffer.from([verdict]), number(content.length), content]));
}
