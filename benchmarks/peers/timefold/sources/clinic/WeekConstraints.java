package clinic;

import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.count;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.countDistinct;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.toList;
import static ai.timefold.solver.core.api.score.stream.Joiners.equal;

import ai.timefold.solver.core.api.score.buildin.bendablelong.BendableLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.bi.BiConstraintStream;
import ai.timefold.solver.core.api.score.stream.uni.UniConstraintStream;
import clinic.Facts.Apart;
import clinic.Facts.Crew;
import clinic.Facts.Group;
import clinic.Facts.Refusal;
import clinic.Facts.Slot;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Every rule and every level as constraint streams. What concerns one place alone needs no constraint: value ranges
 * hold only places that are allowed. Without a roster to compare with, the level changes is always 0 and left out.
 */
public class WeekConstraints implements ConstraintProvider {

    private static final BendableLongScore HARD = BendableLongScore.ofHard(Week.HARD_LEVELS, Week.SOFT_LEVELS, 0, 1);
    private static final BendableLongScore UNMET = BendableLongScore.ofSoft(Week.HARD_LEVELS, Week.SOFT_LEVELS, 0, 1);
    private static final BendableLongScore BURDEN = BendableLongScore.ofSoft(Week.HARD_LEVELS, Week.SOFT_LEVELS, 1, 1);
    private static final BendableLongScore STAFFING =
            BendableLongScore.ofSoft(Week.HARD_LEVELS, Week.SOFT_LEVELS, 2, 1);

    @Override
    public Constraint[] defineConstraints(ConstraintFactory factory) {
        UniConstraintStream<PersonWeek> persons = persons(factory);
        UniConstraintStream<StaffWeek> staff = staff(factory);
        BiConstraintStream<Slot, Integer> sizes = sizes(factory);
        return new Constraint[] {
            rule(persons, PersonWeek::overlaps, "participant-free"),
            rule(persons, PersonWeek::overDayLimit, "day-limit"),
            rule(persons, PersonWeek::tooClose, "need-spacing"),
            rule(persons, PersonWeek::tooEarly, "need-order"),
            rule(persons, PersonWeek::mixed, "same leader, same group"),
            rule(staff, StaffWeek::overlaps, "staff-free"),
            rule(staff, StaffWeek::overLoad, "staff-load"),
            rule(staff, StaffWeek::longRuns, "staff-break"),
            rule(staff, StaffWeek::shortRests, "staff-rest"),
            roomFree(factory),
            groupSize(sizes),
            emptyMeeting(factory),
            attendedButNotHeld(factory),
            seated(sizes),
            groupMeetings(factory),
            ledButNotHeld(factory),
            heldButNotLed(factory),
            refused(factory),
            apart(factory),
            pinnedSession(factory),
            pinnedAttendance(factory),
            pinnedMeeting(factory),
            pinnedCrew(factory),
            unmetSessions(factory),
            unmetAttendances(factory),
            persons.filter(week -> week.burden() > 0).penalizeLong(BURDEN, PersonWeek::burden).asConstraint("burden"),
            staff.filter(week -> week.staffing() > 0).penalizeLong(STAFFING, StaffWeek::staffing)
                    .asConstraint("idle and over target"),
            meetings(factory),
            leaderChanges(factory),
        };
    }

    private static UniConstraintStream<PersonWeek> persons(ConstraintFactory factory) {
        return factory.forEach(Session.class).map(session -> (Visit) session.place)
                .concat(factory.forEach(Attendance.class).map(attendance -> (Visit) attendance.seat))
                .groupBy(Visit::person, toList())
                .map(PersonWeek::new);
    }

    private static UniConstraintStream<StaffWeek> staff(ConstraintFactory factory) {
        return factory.forEach(Session.class).map(session -> (Duty) session.place)
                .concat(factory.forEach(Lead.class).map(lead -> (Duty) lead.shift))
                .groupBy(Duty::staff, toList())
                .map(StaffWeek::new);
    }

    private static BiConstraintStream<Slot, Integer> sizes(ConstraintFactory factory) {
        return factory.forEach(Attendance.class).groupBy(attendance -> attendance.seat.slot(), count());
    }

    private static <A> Constraint rule(UniConstraintStream<A> weeks, ToIntFunction<A> breaches, String name) {
        return weeks.filter(week -> breaches.applyAsInt(week) > 0).penalizeLong(HARD, breaches::applyAsInt)
                .asConstraint(name);
    }

    private static Constraint roomFree(ConstraintFactory factory) {
        return factory.forEach(Session.class).map(session -> (RoomUse) session.place)
                .concat(factory.forEach(Meeting.class).map(meeting -> (RoomUse) meeting))
                .filter(use -> !use.room().remote())
                .groupBy(RoomUse::room, RoomUse::day, new Crowding())
                .filter((room, day, excess) -> excess > 0)
                .penalizeLong(HARD, (room, day, excess) -> excess)
                .asConstraint("room-free");
    }

    private static Constraint groupSize(BiConstraintStream<Slot, Integer> sizes) {
        return sizes.filter((slot, size) -> size < slot.group.minSize || size > slot.group.maxSize)
                .penalizeLong(HARD, (slot, size) -> Math.max(slot.group.minSize - size, size - slot.group.maxSize))
                .asConstraint("group-size");
    }

    private static Constraint emptyMeeting(ConstraintFactory factory) {
        return factory.forEach(Meeting.class).filter(meeting -> meeting.slot.group.minSize > 0)
                .ifNotExists(Attendance.class, equal(Meeting::slot, attendance -> attendance.seat.slot()))
                .penalizeLong(HARD, meeting -> meeting.slot.group.minSize)
                .asConstraint("group-size of an empty meeting");
    }

    private static Constraint attendedButNotHeld(ConstraintFactory factory) {
        return factory.forEach(Attendance.class)
                .ifNotExists(Meeting.class, equal(attendance -> attendance.seat.slot(), Meeting::slot))
                .penalizeLong(HARD, attendance -> 1)
                .asConstraint("attended, but not held");
    }

    private static Constraint seated(BiConstraintStream<Slot, Integer> sizes) {
        return sizes.join(Meeting.class, equal((slot, size) -> slot, Meeting::slot))
                .filter((slot, size, meeting) -> size + slot.mostLeaders > meeting.room.seats)
                .penalizeLong(HARD, (slot, size, meeting) -> size + slot.mostLeaders - meeting.room.seats)
                .asConstraint("room-fit");
    }

    private static Constraint groupMeetings(ConstraintFactory factory) {
        return factory.forEach(Meeting.class).groupBy(meeting -> meeting.slot.group, toList(Meeting::slot))
                .filter((group, slots) -> breaches(group, slots) > 0)
                .penalizeLong(HARD, WeekConstraints::breaches)
                .asConstraint("group-meetings");
    }

    private static int breaches(Group group, List<Slot> slots) {
        int breaches = Math.max(0, slots.size() - group.meetings);
        for (int i = 0; i < slots.size(); i++) {
            for (int j = 0; j < i; j++) {
                Slot one = slots.get(i);
                Slot other = slots.get(j);
                breaches += one.day() == other.day() ? 1 : 0;
                breaches += group.sameStart && one.timeOfDay() != other.timeOfDay() ? 1 : 0;
            }
        }
        return breaches;
    }

    private static Constraint ledButNotHeld(ConstraintFactory factory) {
        return factory.forEach(Lead.class).ifNotExists(Meeting.class, equal(Lead::slot, Meeting::slot))
                .penalizeLong(HARD, lead -> 1)
                .asConstraint("led, but not held");
    }

    private static Constraint heldButNotLed(ConstraintFactory factory) {
        return factory.forEachIncludingUnassigned(Lead.class).filter(lead -> lead.shift == null)
                .ifExists(Meeting.class, equal(Lead::slot, Meeting::slot))
                .penalizeLong(HARD, lead -> 1)
                .asConstraint("held, but not led");
    }

    private static Constraint refused(ConstraintFactory factory) {
        return factory.forEach(Refusal.class)
                .join(Attendance.class, equal(Refusal::need, attendance -> attendance.need))
                .ifExists(Lead.class, equal((refusal, attendance) -> attendance.seat.slot(), Lead::slot),
                        equal((refusal, attendance) -> refusal.staff(), lead -> lead.shift.staff()))
                .penalizeLong(HARD, (refusal, attendance) -> 1)
                .asConstraint("staff-fit");
    }

    private static Constraint apart(ConstraintFactory factory) {
        return factory.forEach(Apart.class)
                .join(Attendance.class, equal(Apart::one, attendance -> attendance.need.person))
                .join(Attendance.class, equal((apart, one) -> apart.other(), other -> other.need.person),
                        equal((apart, one) -> one.seat.slot(), other -> other.seat.slot()))
                .penalizeLong(HARD, (apart, one, other) -> 1)
                .asConstraint("apart");
    }

    private static Constraint pinnedSession(ConstraintFactory factory) {
        return factory.forEachIncludingUnassigned(Session.class)
                .filter(session -> session.pinned && session.place == null)
                .penalizeLong(HARD, session -> 1)
                .asConstraint("pin of a session");
    }

    private static Constraint pinnedAttendance(ConstraintFactory factory) {
        return factory.forEachIncludingUnassigned(Attendance.class)
                .filter(attendance -> attendance.pinned && attendance.seat == null)
                .penalizeLong(HARD, attendance -> 1)
                .asConstraint("pin of an attendance");
    }

    private static Constraint pinnedMeeting(ConstraintFactory factory) {
        return factory.forEachIncludingUnassigned(Meeting.class)
                .filter(meeting -> meeting.slot.pinned && meeting.room == null)
                .penalizeLong(HARD, meeting -> 1)
                .asConstraint("pin of a meeting");
    }

    private static Constraint pinnedCrew(ConstraintFactory factory) {
        return factory.forEach(Crew.class)
                .ifNotExists(Lead.class, equal(Crew::slot, Lead::slot), equal(Crew::staff, lead -> lead.shift.staff()))
                .penalizeLong(HARD, crew -> 1)
                .asConstraint("pin of a meeting's staff");
    }

    private static Constraint unmetSessions(ConstraintFactory factory) {
        return factory.forEachIncludingUnassigned(Session.class).filter(session -> session.place == null)
                .penalizeLong(UNMET, session -> session.need.weight)
                .asConstraint("unmet sessions");
    }

    private static Constraint unmetAttendances(ConstraintFactory factory) {
        return factory.forEachIncludingUnassigned(Attendance.class).filter(attendance -> attendance.seat == null)
                .penalizeLong(UNMET, attendance -> attendance.need.weight)
                .asConstraint("unmet attendances");
    }

    private static Constraint meetings(ConstraintFactory factory) {
        return factory.forEach(Meeting.class)
                .penalizeLong(STAFFING, meeting -> meeting.slot.group.weights.meeting())
                .asConstraint("meetings");
    }

    private static Constraint leaderChanges(ConstraintFactory factory) {
        return factory.forEach(Lead.class)
                .groupBy(lead -> lead.part.slot.group, lead -> lead.part.number, lead -> lead.part.leaders,
                        countDistinct(lead -> lead.shift.staff()))
                .filter((group, part, leaders, different) -> different > leaders)
                .penalizeLong(STAFFING,
                        (group, part, leaders, different) -> group.weights.leaderChange() * (different - leaders))
                .asConstraint("leader changes");
    }
}
