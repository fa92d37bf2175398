// Sends messages to a WebSocket server that echoes them, through a proxy, and prints what came of it.
"use strict";
const fs = require("fs");
const http = require("http");
const tls = require("tls");
const WebSocket = require("ws");

const [proxyPort, url, ca, options, count] = process.argv.slice(2);
const target = new URL(url);
const asked = http.request({host: "127.0.0.1", port: proxyPort, method: "CONNECT", path: target.host});
asked.on("connect", (response, socket) => {
    const secured = () =>
        tls.connect({socket, servername: target.hostname, ca: fs.readFileSync(ca)});
    const client = new WebSocket(url, {
        createConnection: target.protocol === "wss:" ? secured : () => socket,
        perMessageDeflate: JSON.parse(options),
    });
    const sent = ["in pieces"];
    for (let i = 0; i < Number(count); i++) {
        sent.push(JSON.stringify({number: i, text: "the same text in every message ".repeat(i % 9)}));
    }
    let received = 0;
    let equal = 0;
    client.on("open", () => {
        client.send("in ", {fin: false});
        client.ping("now");
        client.send("pieces", {fin: true});
        sent.slice(1).forEach(message => client.send(message));
    });
    client.on("message", data => {
        equal += String(data) === sent[received++];
        if (received === sent.length) client.close(4001, "that is all");
    });
    client.on("close", (code, reason) => {
        console.log(`${client.extensions || "plain"} ${received} ${equal} ${code} ${reason}`);
    });
    client.on("error", error => console.log(String(error)));
});
asked.on("error", error => console.log(String(error)));
asked.end();
