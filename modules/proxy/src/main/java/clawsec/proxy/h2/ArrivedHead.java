package clawsec.proxy.h2;

import clawsec.http.h2.FieldSection;

/**
 * A response's head.
 *
 * @param endsStream whether no content follows
 */
public record ArrivedHead(FieldSection.Response response, boolean endsStream) {}
