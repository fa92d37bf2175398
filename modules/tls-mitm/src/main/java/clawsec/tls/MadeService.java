package clawsec.tls;

import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A JCA service that makes its objects itself, since the package is closed to reflection. */
final class MadeService extends Provider.Service {
    private final Supplier<Object> maker;

    MadeService(Provider provider, String type, String algorithm, Supplier<Object> maker) {
        super(provider, type, algorithm, type, List.of(), Map.of());
        this.maker = maker;
    }

    @Override
    public Object newInstance(@Nullable Object parameter) {
        return maker.get();
    }
}
