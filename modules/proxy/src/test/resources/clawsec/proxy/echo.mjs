// An origin: says its port, then a line for each request it understood: method, target, Host, content in hexadecimal.
import http from 'node:http';

const server = http.createServer((request, response) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => {
    const content = Buffer.concat(pieces).toString('hex');
    console.log([request.method, request.url, request.headers.host ?? '', content].join('\t'));
    response.end('seen');
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
