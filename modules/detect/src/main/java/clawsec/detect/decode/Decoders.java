package clawsec.detect.decode;

import java.util.function.LongSupplier;

/** What all decoders of this process share. */
public final class Decoders {
    private Decoders() {}

    /**
     * Lets all of them look for signs with vectors of 512 bits, if the program has the vectors'
     * module and they prove faster here. Blocks for up to some seconds, during which they can be
     * used.
     *
     * @param nanoTime a clock that only moves forward, in nanoseconds
     * @return whether vectors are used
     */
    public static boolean accelerate(LongSupplier nanoTime) {
        return Signs.accelerate(nanoTime);
    }
}
