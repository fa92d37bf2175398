// Makes the files of this folder anew: node make.mjs (22.15 or later), with zstd on the PATH.
import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import zlib from 'node:zlib';

// 20,000 bytes of words of which few are frequent, the same at every run.
let state = 1;
const next = (below) => (state = (state * 48271) % 2147483647) % below;
const words = Array.from({length: 300}, () =>
    Array.from({length: 2 + next(8)}, () => 'etaoinshrdlucmfwyp'[next(18)]).join(''));
let text = '';
while (text.length < 20000) {
    text += words[Math.min(next(300), next(300), next(300))] + (next(12) ? ' ' : '.\n');
}
text = text.slice(0, 20000);
writeFileSync('words.txt', text);
const zstd = (name, ...options) => writeFileSync(name, execFileSync('zstd', ['-q', '-c', ...options]));
zstd('words.1.zst', '-1', 'words.txt');
zstd('words.19.zst', '-19', '--no-check', 'words.txt');
zstd('words.fast.zst', '--fast=4', 'words.txt');
zstd('words.window.zst', '--zstd=wlog=10', '-9', 'words.txt');
writeFileSync('words.unsized.zst', execFileSync('zstd', ['-q', '-c', '-5'], {input: text}));
writeFileSync('words.br', zlib.brotliCompressSync(text));

// Three events, each flushed: where each ends in the coded stream stands in the .flushes file.
const events = ['data: {"delta": "first"}\n\n',
    'data: {"key": "' + 'sk-' + 'ant-api03-made-up-0123456789abcdef"}\n\n',
    'data: {"delta": "last"}\n\n'];
writeFileSync('events.txt', events.join(''));
const flushed = async (name, stream, flag) => {
    const out = [];
    const ends = [];
    stream.on('data', (part) => out.push(part));
    for (const event of events) {
        await new Promise((done) => stream.write(event, done));
        await new Promise((done) => stream.flush(flag, done));
        await new Promise(setImmediate);
        ends.push(Buffer.concat(out).length);
    }
    await new Promise((done) => stream.on('end', done).end());
    writeFileSync(name, Buffer.concat(out));
    writeFileSync(name + '.flushes', ends.join('\n') + '\n');
};
const {constants} = zlib;
await flushed('events.zst', zlib.createZstdCompress(), constants.ZSTD_e_flush);
await flushed('events.br', zlib.createBrotliCompress(), constants.BROTLI_OPERATION_FLUSH);
await flushed('events.gz', zlib.createGzip(), constants.Z_SYNC_FLUSH);
