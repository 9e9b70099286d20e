package clinic;

import ai.timefold.solver.core.api.score.stream.uni.UniConstraintCollector;
import clinic.Facts.Room;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Collects by how much the uses of interchangeable rooms on one day go beyond their number, kept up to date. */
public final class Crowding implements UniConstraintCollector<RoomUse, Crowding.Day, Integer> {

    /** Every session begins and ends on a multiple of it. */
    private static final int STEP = 5;

    @Override
    public Supplier<Day> supplier() {
        return Day::new;
    }

    @Override
    public BiFunction<Day, RoomUse, Runnable> accumulator() {
        return Day::add;
    }

    @Override
    public Function<Day, Integer> finisher() {
        return day -> day.excess;
    }

    /** How many uses each step of a day has. */
    public static final class Day {
        private final int[] uses = new int[Facts.MINUTES_PER_DAY / STEP];
        private int excess;

        private Runnable add(RoomUse use) {
            Room room = use.room();
            int first = use.start() % Facts.MINUTES_PER_DAY / STEP;
            int next = first + (use.end() - use.start()) / STEP;
            for (int k = first; k < next; k++) {
                excess += ++uses[k] > room.places ? 1 : 0;
            }
            return () -> {
                for (int k = first; k < next; k++) {
                    excess -= uses[k]-- > room.places ? 1 : 0;
                }
            };
        }
    }
}
