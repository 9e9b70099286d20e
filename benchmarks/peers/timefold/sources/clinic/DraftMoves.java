package clinic;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;
import clinic.Facts.Group;
import clinic.Facts.Need;
import clinic.Facts.Person;
import clinic.Facts.Slot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** Custom moves, each worked out in a {@link Draft}: what single changes and swaps cannot do in one step. */
public abstract class DraftMoves implements MoveIteratorFactory<Week, Reassignment> {

    /** Places tried for each session that is put somewhere else. */
    private static final int TRIES = 40;

    private Draft draft;

    /** Decide something anew. */
    protected abstract void decide(Draft draft);

    @Override
    public long getSize(ScoreDirector<Week> director) {
        return director.getWorkingSolution().needs.size();
    }

    @Override
    public Iterator<Reassignment> createOriginalMoveIterator(ScoreDirector<Week> director) {
        throw new UnsupportedOperationException("these moves are drawn at random");
    }

    @Override
    public Iterator<Reassignment> createRandomMoveIterator(ScoreDirector<Week> director, Random random) {
        if (draft == null || draft.week != director.getWorkingSolution()) {
            draft = new Draft(director.getWorkingSolution(), random);
        }
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Reassignment next() {
                draft.begin();
                decide(draft);
                return draft.reassignment();
            }
        };
    }

    private static <T> T any(Draft draft, List<T> some) {
        return some.get(draft.random.nextInt(some.size()));
    }

    private static void reinsert(Draft draft, List<Integer> sessions) {
        Collections.shuffle(sessions, draft.random);
        for (int session : sessions) {
            if (draft.placeOf(session) == null) {
                draft.insert(session, TRIES);
            }
        }
    }

    /** Put a session into another place where it can be. */
    public static final class Replace extends DraftMoves {
        @Override
        protected void decide(Draft draft) {
            Session session = any(draft, draft.week.sessions);
            draft.remove(session.index);
            boolean found = false;
            for (int k = 0; k < TRIES && !found && !session.places.isEmpty(); k++) {
                found = draft.place(session.index, any(draft, session.places));
            }
        }
    }

    /** Take another seat. */
    public static final class Reseat extends DraftMoves {
        @Override
        protected void decide(Draft draft) {
            Attendance attendance = any(draft, draft.week.attendances);
            draft.leave(attendance.index);
            boolean found = false;
            for (int k = 0; k < TRIES && !found; k++) {
                found = draft.attend(attendance.index, any(draft, attendance.seats));
            }
        }
    }

    /** Have a part of a meeting led by somebody else. */
    public static final class Relead extends DraftMoves {
        @Override
        protected void decide(Draft draft) {
            Lead lead = any(draft, draft.week.leads);
            for (int k = 0; k < TRIES && lead.shift == null; k++) {
                lead = any(draft, draft.week.leads);
            }
            if (lead.shift != null) {
                draft.lead(lead.index, any(draft, lead.shifts));
            }
        }
    }

    /** Meet at other times, with other leaders and members. */
    public static final class Retime extends DraftMoves {
        @Override
        protected void decide(Draft draft) {
            Group group = any(draft, draft.week.groups);
            if (!group.slots.isEmpty()) {
                GroupPlanner planner = new GroupPlanner(draft, group);
                planner.plan(any(draft, planner.times()), 1);
            }
        }
    }

    /** Put a participant into another group, in somebody's stead where it is full, and their sessions around it. */
    public static final class Enrol extends DraftMoves {
        @Override
        protected void decide(Draft draft) {
            Need need = shortOrAny(draft);
            List<Slot> held = held(draft, need);
            if (held.isEmpty()) {
                return;
            }
            need.attendances.forEach(draft::leave);
            Group group = any(draft, held).group;
            held.removeIf(slot -> !need.mixesGroups && slot.group != group);
            Need other = makeRoom(draft, need, held);
            List<Integer> moved = new ArrayList<>();
            for (Slot slot : held) {
                moved.addAll(draft.clear(need.person, slot.start, slot.end));
            }
            GroupPlanner.join(draft, need, held);
            if (other != null) {
                GroupPlanner.join(draft, other, held(draft, other));
            }
            reinsert(draft, moved);
        }

        private static Need shortOrAny(Draft draft) {
            Attendance one = any(draft, draft.week.attendances);
            for (int k = 0; k < TRIES && one.seat != null && draft.random.nextBoolean(); k++) {
                one = any(draft, draft.week.attendances);
            }
            return one.need;
        }

        private static List<Slot> held(Draft draft, Need need) {
            List<Slot> held = new ArrayList<>();
            for (Seat seat : need.seats) {
                if (draft.held(seat.slot())) {
                    held.add(seat.slot());
                }
            }
            Collections.shuffle(held, draft.random);
            return held;
        }

        /** Take one member out of meetings that are full; return whose seats they were, or null. */
        private static Need makeRoom(Draft draft, Need need, List<Slot> held) {
            for (Slot slot : held) {
                List<Integer> members = draft.members(slot);
                if (members.size() >= slot.group.maxSize) {
                    Need other = draft.week.attendances.get(any(draft, members)).need;
                    other.attendances.forEach(draft::leave);
                    return other == need ? null : other;
                }
            }
            return null;
        }
    }

    /** Put a session into a place even if others are there, and those somewhere else. */
    public static final class Displace extends DraftMoves {
        @Override
        protected void decide(Draft draft) {
            Session session = any(draft, draft.week.sessions);
            for (int k = 0; k < TRIES && session.place != null; k++) {
                session = any(draft, draft.week.sessions);
            }
            Place place = session.places.isEmpty() ? null : any(draft, session.places);
            if (place != null) {
                draft.remove(session.index);
                List<Integer> moved = draft.clear(place.staff(), place.start(), place.end() + place.note());
                moved.addAll(draft.clear(place.person(), place.start(), place.end()));
                draft.place(session.index, place);
                reinsert(draft, moved);
            }
        }
    }

    /** Put all one-to-one and family sessions of a participant somewhere else. */
    public static final class Rearrange extends DraftMoves {
        @Override
        protected void decide(Draft draft) {
            Person person = any(draft, draft.week.persons);
            List<Integer> sessions = new ArrayList<>(person.sessions);
            sessions.forEach(draft::remove);
            reinsert(draft, sessions);
        }
    }
}
