package clawsec.proxy.origin;

import clawsec.http.Authority;

/** An upstream proxy's refusal to reach {@code destination}. */
public record UpstreamAnswer(String proxy, Authority destination, int status) {}
