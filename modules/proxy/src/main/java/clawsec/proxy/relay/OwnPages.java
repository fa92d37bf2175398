package clawsec.proxy.relay;

import clawsec.http.Authority;
import clawsec.http.FieldLine;
import clawsec.http.RequestHead;
import clawsec.proxy.RootCertificate;
import clawsec.proxy.net.AddressText;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What the monitor answers when it is asked itself: that it runs, and its root certificate.
 * Immutable.
 */
final class OwnPages {
    private final RootCertificate root;
    private final InetSocketAddress listener;

    OwnPages(RootCertificate root, InetSocketAddress listener) {
        this.root = root;
        this.listener = listener;
    }

    /** The answer to an origin-form request. */
    Answer answer(RequestHead head) {
        if (!isAskedForUs(head)) {
            return Answer.text(
                    421,
                    "ClawSec Monitor is a proxy, and this request names another host as if the"
                            + " monitor were that host.\n"
                            + "Set HTTP_PROXY and HTTPS_PROXY to the monitor's address instead.\n");
        }
        if (!head.method().equals("GET") && !head.method().equals("HEAD")) {
            return Answer.text(
                    405,
                    "ClawSec Monitor's own pages can only be read.\n",
                    new FieldLine("Allow", "GET, HEAD"));
        }
        int query = head.target().indexOf('?');
        String path = query < 0 ? head.target() : head.target().substring(0, query);
        return switch (path) {
            case "/" -> page();
            case "/ca.crt" -> download("application/x-pem-file", root.pem(), "clawsec-ca.crt");
            case "/ca.der" -> download("application/x-x509-ca-cert", root.der(), "clawsec-ca.der");
            default ->
                    Answer.text(
                            404,
                            "ClawSec Monitor has no page " + path + "; see / for what there is.\n");
        };
    }

    /**
     * The Host must be an address or a name of this machine: a page of another name must not read
     * ours by DNS tricks.
     */
    private boolean isAskedForUs(RequestHead head) {
        Optional<String> host = head.fields().first("Host");
        if (host.isEmpty() || host.get().isEmpty()) {
            return true;
        }
        return Authority.parse(host.get(), 80)
                .map(authority -> isLiteral(authority.host()) || isOurName(authority.host()))
                .orElse(false);
    }

    private boolean isOurName(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equalsIgnoreCase(listener.getHostString());
    }

    private static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    private Answer page() {
        String address =
                new Authority(AddressText.of(listener.getAddress()), listener.getPort()).toString();
        String html =
                """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>ClawSec Monitor</title>
                <style>
                  body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
                  pre { background: #8882; padding: .75rem; overflow: auto }
                  :root { color-scheme: light dark }
                </style>
                <h1>ClawSec Monitor is running</h1>
                <p>It is a proxy: point your agent at it.</p>
                <pre>export HTTP_PROXY=http://ADDRESS HTTPS_PROXY=http://ADDRESS</pre>
                <p>To see inside HTTPS, clients have to trust its root certificate:
                <a href="/ca.crt">ca.crt</a> (PEM) or <a href="/ca.der">ca.der</a> (DER).</p>
                """
                        .replace("ADDRESS", address);
        return new Answer(
                200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8), List.of());
    }

    private static Answer download(String type, byte[] content, String name) {
        return new Answer(
                200,
                type,
                content,
                List.of(
                        new FieldLine(
                                "Content-Disposition", "attachment; filename=\"" + name + "\"")));
    }
}
