package clawsec.detect.decode;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The decodings that lead to a text. The same object for the same way, within one message. */
public final class Via {
    private final @Nullable Via outer;
    private final @Nullable Notation last;
    private final List<Via> inner = new ArrayList<>(1);

    private Via(@Nullable Via outer, @Nullable Notation last) {
        this.outer = outer;
        this.last = last;
    }

    /** No decoding. */
    public static Via none() {
        return new Via(null, null);
    }

    /** One decoding more. */
    public Via then(Notation notation) {
        for (Via each : inner) {
            if (each.last == notation) {
                return each;
            }
        }
        Via via = new Via(this, notation);
        inner.add(via);
        return via;
    }

    /** Outermost first. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        addTo(names);
        return names;
    }

    private void addTo(List<String> names) {
        if (outer != null && last != null) {
            outer.addTo(names);
            names.add(last.viaName());
        }
    }
}
