package clinic;

import clinic.Facts.Part;
import clinic.Facts.Person;
import clinic.Facts.Room;
import clinic.Facts.Slot;
import clinic.Facts.Staff;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** A week on which custom moves try things: it refuses what would break a rule. */
public final class Draft extends Mirror {

    public Draft(Week week, Random random) {
        super(week, random);
    }

    /** A participant's week with one visit more, or null where that would break a rule. */
    private PersonWeek with(Visit visit) {
        List<Visit> visits = visits(visit.person());
        for (Visit other : visits) {
            if (visit.start() < other.end() && other.start() < visit.end()) {
                return null;
            }
        }
        visits.add(visit);
        PersonWeek judged = new PersonWeek(visit.person(), visits);
        return judged.holds() ? judged : null;
    }

    private boolean fits(Duty duty) {
        List<Duty> some = duties(duty.staff());
        for (Duty other : some) {
            if (duty.start() < other.end() && other.start() < duty.end()) {
                return false;
            }
        }
        some.add(duty);
        boolean holds = new StaffWeek(duty.staff(), some).holds();
        some.remove(some.size() - 1);
        return holds;
    }

    /** Put a session into a place; tell whether it could be. */
    public boolean place(int session, Place place) {
        if (!free(place.room(), place.start(), place.end()) || with(place) == null || !fits(place)) {
            return false;
        }
        set(session, place);
        return true;
    }

    /** Take a session, unless it is pinned, out of its place. */
    public void remove(int session) {
        Place place = places[session];
        if (place != null && !week.sessions.get(session).pinned) {
            set(session, (Place) null);
        }
    }

    /** Put a session into the place of least burden among some; tell whether there was one. */
    public boolean insert(int session, Iterable<Place> some) {
        Place best = null;
        int least = Integer.MAX_VALUE;
        for (Place place : some) {
            PersonWeek judged = with(place);
            if (judged != null && judged.burden() < least
                    && free(place.room(), place.start(), place.end()) && fits(place)) {
                best = place;
                least = judged.burden();
            }
        }
        return best != null && place(session, best);
    }

    /** Put a session into the place of least burden among some drawn at random. */
    public boolean insert(int session, int tries) {
        List<Place> every = week.sessions.get(session).places;
        List<Place> some = new ArrayList<>();
        for (int k = 0; k < tries && !every.isEmpty(); k++) {
            some.add(every.get(random.nextInt(every.size())));
        }
        return insert(session, some);
    }

    /** Attend a meeting that is held; tell whether it could be. */
    public boolean attend(int attendance, Seat seat) {
        Slot slot = seat.slot();
        if (!held(slot) || with(seat) == null) {
            return false;
        }
        List<Integer> members = members(slot);
        int seated = Math.min(slot.group.maxSize, rooms[slot.index].seats - slot.mostLeaders);
        if (members.size() >= seated || refuses(seat) || meetsSomebodyApart(seat, members)) {
            return false;
        }
        set(attendance, seat);
        return true;
    }

    private boolean refuses(Seat seat) {
        if (!seat.need().refused.isEmpty()) {
            for (Part part : seat.slot().parts) {
                for (int lead : part.leads) {
                    if (shifts[lead] != null && seat.need().refused.contains(shifts[lead].staff())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean meetsSomebodyApart(Seat seat, List<Integer> members) {
        for (Facts.Apart apart : week.apart) {
            if (apart.one() == seat.person() || apart.other() == seat.person()) {
                for (int member : members) {
                    Person person = week.attendances.get(member).need.person;
                    if (person != seat.person() && (person == apart.one() || person == apart.other())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Leave a meeting, unless the attendance is pinned. */
    public void leave(int attendance) {
        if (!week.attendances.get(attendance).pinned) {
            set(attendance, (Seat) null);
        }
    }

    /** Hold a meeting in a room that is free, led by people who are; tell whether it could be. */
    public boolean hold(Slot slot) {
        List<Room> free = slot.rooms.stream()
                .filter(room -> room.remote() || free(room, slot.start, slot.end)).toList();
        if (free.isEmpty()) {
            return false;
        }
        for (Part part : slot.parts) {
            for (int lead : part.leads) {
                if (!lead(part, lead)) {
                    dismiss(slot);
                    return false;
                }
            }
        }
        Room room = free.get(random.nextInt(free.size()));
        set(slot, room);
        return true;
    }

    /** Find somebody to lead, rather whoever leads that part on other days or another part of this meeting. */
    private boolean lead(Part part, int lead) {
        List<Shift> order = new ArrayList<>(part.shifts);
        Collections.shuffle(order, random);
        order.sort(Comparator.comparing(shift -> !leadsNearby(shift)));
        for (Shift shift : order) {
            if (fits(shift)) {
                set(lead, shift);
                return true;
            }
        }
        return false;
    }

    private boolean leadsNearby(Shift shift) {
        for (Duty duty : duties(shift.staff())) {
            if (duty instanceof Shift other && other.part().slot.group == shift.part().slot.group
                    && (other.part().number == shift.part().number || other.slot() == shift.slot())) {
                return true;
            }
        }
        return false;
    }

    /** Let somebody else lead, if they can. */
    public void lead(int lead, Shift shift) {
        if (fits(shift)) {
            set(lead, shift);
        }
    }

    private void dismiss(Slot slot) {
        for (Part part : slot.parts) {
            for (int lead : part.leads) {
                if (shifts[lead] != null) {
                    set(lead, (Shift) null);
                }
            }
        }
    }

    /** Do not hold a meeting after all; whoever was in it leaves. */
    public void cancel(Slot slot) {
        if (held(slot)) {
            members(slot).forEach(this::leave);
            dismiss(slot);
            set(slot, null);
        }
    }

    /** Take whatever one-to-one and family sessions of a participant begin or last in a stretch out of it. */
    public List<Integer> clear(Person person, int start, int end) {
        List<Integer> cleared = new ArrayList<>();
        for (int session : person.sessions) {
            Place place = places[session];
            if (place != null && place.start() < end && start < place.end()) {
                remove(session);
                cleared.add(session);
            }
        }
        return cleared;
    }

    /** Take whatever one-to-one and family sessions of a member of staff are in a stretch out of it. */
    public List<Integer> clear(Staff staff, int start, int end) {
        List<Integer> cleared = new ArrayList<>();
        for (Duty duty : List.copyOf(duties(staff))) {
            if (duty.client() != null && duty.start() < end && start < duty.end() + duty.note()) {
                cleared.addAll(clear(duty.client(), duty.start(), duty.end()));
            }
        }
        return cleared;
    }
}
