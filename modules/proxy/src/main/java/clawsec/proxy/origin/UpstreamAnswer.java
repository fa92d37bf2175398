package clawsec.proxy.origin;

import clawsec.http.Authority;

/** An upstream proxy's refusal to open a tunnel. */
record UpstreamAnswer(String proxy, Authority destination, int status) {}
