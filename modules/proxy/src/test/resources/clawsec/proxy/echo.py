# An origin: says its port, then a line for each request it understood: method, target, Host, content in hexadecimal.
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # answers leave whole, which saves a round trip

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def answer(self):
        content = self.content()
        if content is None:
            self.close_connection = True
            return
        target = self.requestline.split(" ")[1]
        hosts = ", ".join(self.headers.get_all("Host", []))
        print(self.command, target, hosts, content.hex(), sep="\t", flush=True)
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(b"seen")

    def content(self):
        """All of it, or None where the connection ended before. The server itself knows no chunks."""
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            length = int(self.headers.get("Content-Length", 0))
            content = self.rfile.read(length)
            return content if len(content) == length else None
        content = b""
        while True:
            line = self.rfile.readline()
            if not line:
                return None
            size = int(line.split(b";")[0], 16)
            if size == 0:
                break
            content += self.rfile.read(size)
            self.rfile.readline()
        while (line := self.rfile.readline()) not in (b"\r\n", b"\n"):
            if not line:
                return None
        return content

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
os._exit(0)
