package clawsec.proxy.content;

import clawsec.http.h1.Http1Event;
import clawsec.proxy.net.Inflow;

/** Where the content of one message comes from. For one thread at a time. */
public interface ContentSource extends Inflow {
    /**
     * What is there: content, which is valid until the next call; the end; what the sender broke;
     * or that there is nothing before the next {@link #fill}.
     */
    Http1Event poll();

    /** After {@link #fill} told the end: whether that is where the content ends. */
    boolean isWhole();

    /** Whether the sender was silent for too long. */
    boolean isExpired();
}
