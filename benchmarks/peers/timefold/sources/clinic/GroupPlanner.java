package clinic;

import clinic.Facts.Group;
import clinic.Facts.Need;
import clinic.Facts.Slot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives a group new times, leaders, a room and members in a draft; what is pinned stays. */
public final class GroupPlanner {

    private final Draft draft;
    private final Group group;

    public GroupPlanner(Draft draft, Group group) {
        this.draft = draft;
        this.group = group;
    }

    /** The times of day at which the group could meet; just one, -1, where meetings may differ. */
    public List<Integer> times() {
        if (!group.sameStart) {
            return List.of(-1);
        }
        List<Integer> pinned = group.slots.stream().filter(slot -> slot.pinned).map(Slot::timeOfDay).toList();
        return pinned.isEmpty() ? group.slots.stream().map(Slot::timeOfDay).distinct().toList() : pinned;
    }

    /**
     * Cancel the group's meetings, and hold others at one time of day, on the days with the most demand.
     *
     * @param noise up to how much of its demand a day may gain by chance
     */
    public void plan(int time, double noise) {
        group.slots.stream().filter(slot -> !slot.pinned).forEach(draft::cancel);
        Set<Integer> days = new HashSet<>();
        List<Slot> held = new ArrayList<>();
        for (Slot slot : byDemand(time, noise)) {
            boolean wanted = held.size() < group.meetings && !days.contains(slot.day());
            if (draft.held(slot) || wanted && draft.hold(slot)) {
                held.add(slot);
                days.add(slot.day());
            }
        }
        fill(held);
        for (Slot slot : held) {
            if (!slot.pinned && draft.members(slot).size() < Math.max(1, group.minSize)) {
                draft.cancel(slot);
            }
        }
    }

    /** Weight of the sessions that the group's members have in it. */
    public long worth() {
        return group.slots.stream().filter(draft::held).flatMap(slot -> draft.members(slot).stream())
                .mapToLong(attendance -> draft.week.attendances.get(attendance).need.weight).sum();
    }

    private List<Slot> byDemand(int time, double noise) {
        Map<Slot, Double> demand = new HashMap<>();
        for (Slot slot : group.slots) {
            if (time < 0 || slot.timeOfDay() == time || slot.pinned) {
                double weight = slot.seats.stream().filter(seat -> !open(seat.need()).isEmpty())
                        .mapToInt(seat -> seat.need().weight).sum();
                double gained = 1 + noise * draft.random.nextDouble();
                demand.put(slot, slot.pinned ? Double.MAX_VALUE : weight * gained);
            }
        }
        List<Slot> order = new ArrayList<>(demand.keySet());
        order.sort(Comparator.comparing((Slot slot) -> -demand.get(slot)).thenComparing(slot -> slot.index));
        return order;
    }

    private List<Integer> open(Need need) {
        return need.attendances.stream().filter(attendance -> draft.seatOf(attendance) == null).toList();
    }

    /** Let those come who can come most often, and among them those with the fewest other meetings. */
    private void fill(List<Slot> held) {
        Map<Need, Integer> fits = new HashMap<>();
        Set<Need> needs = new LinkedHashSet<>();
        for (Slot slot : held) {
            for (Seat seat : slot.seats) {
                if (!open(seat.need()).isEmpty()) {
                    needs.add(seat.need());
                    fits.merge(seat.need(), 1, Integer::sum);
                }
            }
        }
        List<Need> order = new ArrayList<>(needs);
        Collections.shuffle(order, draft.random);
        order.sort(Comparator.comparing((Need need) -> -need.weight * Math.min(fits.get(need), need.sessions))
                .thenComparing(need -> need.seats.size()));
        for (Need need : order) {
            join(draft, need, held);
        }
    }

    /** Attend as many of some meetings as a need asks for. */
    public static void join(Draft draft, Need need, List<Slot> held) {
        for (int attendance : need.attendances) {
            if (draft.seatOf(attendance) == null) {
                for (Seat seat : draft.week.attendances.get(attendance).seats) {
                    if (held.contains(seat.slot()) && draft.attend(attendance, seat)) {
                        break;
                    }
                }
            }
        }
    }
}
