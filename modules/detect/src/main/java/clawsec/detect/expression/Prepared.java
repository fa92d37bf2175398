package clawsec.detect.expression;

import org.jspecify.annotations.Nullable;

/**
 * What an expression becomes: at once, where it may turn out to be wrong, or when it is first
 * needed, where it is known to be right. Of the built-in expressions few are ever needed. Safe for
 * use by many threads: several may make it, all make the same.
 *
 * @param <T> an immutable type
 */
public final class Prepared<T> {
    /** Makes it. */
    public interface Making<T> {
        T make() throws ExpressionException;
    }

    private final Making<T> making;
    private volatile @Nullable T made;

    private Prepared(Making<T> making) {
        this.making = making;
    }

    /** Made now. */
    public static <T> Prepared<T> now(Making<T> making) throws ExpressionException {
        Prepared<T> prepared = new Prepared<>(making);
        prepared.made = making.make();
        return prepared;
    }

    /**
     * Made when first asked for.
     *
     * @param making never fails: the expression is known to be right
     */
    public static <T> Prepared<T> later(Making<T> making) {
        return new Prepared<>(making);
    }

    public T value() {
        T value = made;
        if (value == null) {
            try {
                value = making.make();
            } catch (ExpressionException e) {
                throw new IllegalStateException("the expression was accepted before", e);
            }
            made = value;
        }
        return value;
    }
}
