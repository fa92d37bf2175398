package clawsec.detect.engine;

import clawsec.detect.expression.Lane;
import clawsec.detect.expression.Lockstep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets searches that are at the same place read the same bytes in step, which takes a fraction of
 * the time. Each stops where something is to be done, and then reads on alone. Confined to its
 * scan.
 */
final class Convoy {
    /** Shorter stretches are not worth it. */
    private static final int LEAST_BYTES = 8;

    private final Lockstep lockstep = new Lockstep();
    private final @Nullable Run[] riders = new Run[Lockstep.LANES];

    /** Reads on with those that are there, from one place to another or less far. */
    void read(List<Run> awake, Window text, long from, long to) {
        if (awake.size() < 2 || to - from < LEAST_BYTES) {
            return;
        }
        for (int i = 0; i < awake.size(); i++) {
            Run run = awake.get(i);
            Lane lane = run.enterLane(text, from, to);
            if (lane != null) {
                riders[lockstep.count()] = run;
                lockstep.add(lane);
                if (lockstep.isFull()) {
                    read(text, from, to);
                }
            }
        }
        read(text, from, to);
    }

    private void read(Window text, long from, long to) {
        lockstep.read(
                text.bytes(), text.base(), (int) (from - text.base()), (int) (to - text.base()));
        for (int i = 0; i < riders.length; i++) {
            Run rider = riders[i];
            if (rider != null) {
                rider.leaveLane(text);
                riders[i] = null;
            }
        }
    }
}
