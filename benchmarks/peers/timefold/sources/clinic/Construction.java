package clinic;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.api.solver.phase.PhaseCommand;
import clinic.Facts.Group;
import clinic.Facts.Need;
import clinic.Facts.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Construction, a custom phase: a meeting needs a room, leaders and members all at once, which a heuristic that assigns
 * one variable after the other cannot give it. Pins come first, then sessions that others wait for, then one group
 * after the other at its best time of day, then the sessions with the fewest places first.
 */
public final class Construction implements PhaseCommand<Week> {

    private static final int PLACES_TRIED = 200;

    private final Random random;

    public Construction(long seed) {
        random = new Random(seed);
    }

    @Override
    public void changeWorkingSolution(ScoreDirector<Week> director, BooleanSupplier isTerminated) {
        Week week = director.getWorkingSolution();
        placeFirst(director, week);
        List<Group> order = new ArrayList<>(week.groups);
        order.sort(Comparator.comparing(Construction::hasNoPin).thenComparing(Construction::candidatesPerSeat));
        for (Group group : order) {
            if (isTerminated.getAsBoolean()) {
                return;
            }
            bestOf(week, group).apply(director);
            director.triggerVariableListeners();
        }
        placeSessions(director, week);
    }

    private void placeSessions(ScoreDirector<Week> director, Week week) {
        Draft draft = new Draft(week, random);
        List<Session> order = new ArrayList<>(week.sessions);
        order.sort(Comparator.comparing(session -> session.places.size()));
        for (Session session : order) {
            if (session.place == null) {
                draft.insert(session.index, PLACES_TRIED);
            }
        }
        draft.apply(director);
        director.triggerVariableListeners();
    }

    private void placeFirst(ScoreDirector<Week> director, Week week) {
        Draft draft = new Draft(week, random);
        for (Session session : week.sessions) {
            if (session.pinned) {
                draft.insert(session.index, session.places);
            }
        }
        for (Meeting meeting : week.meetings) {
            if (meeting.slot.pinned) {
                draft.hold(meeting.slot);
            }
        }
        for (Attendance attendance : week.attendances) {
            if (attendance.pinned) {
                Slot slot = attendance.seats.get(0).slot();
                if (draft.held(slot) || draft.hold(slot)) {
                    draft.attend(attendance.index, attendance.seats.get(0));
                }
            }
        }
        for (Session session : week.sessions) {
            if (session.need.othersWait && draft.placeOf(session.index) == null) {
                placeEarly(draft, session);
            }
        }
        draft.apply(director);
        director.triggerVariableListeners();
    }

    private static void placeEarly(Draft draft, Session session) {
        List<Place> early = new ArrayList<>(session.places);
        early.sort(Comparator.comparing(Place::start));
        for (Place place : early) {
            if (draft.place(session.index, place)) {
                return;
            }
        }
    }

    private static boolean hasNoPin(Group group) {
        return group.slots.stream().noneMatch(slot -> slot.pinned);
    }

    private static double candidatesPerSeat(Group group) {
        List<Need> needs = group.slots.stream().flatMap(slot -> slot.seats.stream()).map(Seat::need).distinct().toList();
        return needs.size() / (double) Math.max(1, group.maxSize);
    }

    private Draft bestOf(Week week, Group group) {
        Draft best = new Draft(week, random);
        long most = 0;
        for (int time : new GroupPlanner(best, group).times()) {
            Draft draft = new Draft(week, random);
            GroupPlanner planner = new GroupPlanner(draft, group);
            planner.plan(time, 0);
            if (planner.worth() > most) {
                most = planner.worth();
                best = draft;
            }
        }
        return best;
    }
}
