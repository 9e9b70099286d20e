package clinic;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import clinic.Facts.Part;
import clinic.Facts.Person;
import clinic.Facts.Room;
import clinic.Facts.Slot;
import clinic.Facts.Staff;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A week on which custom moves try things before the solver scores them. It begins as the working solution, refuses
 * what would break a rule, and says in the end what has changed.
 */
public final class Draft {

    private static final int STEP = 5;

    public final Week week;
    public final Random random;
    private final Place[] places;
    private final Seat[] seats;
    private final Shift[] shifts;
    private final Room[] rooms;
    private final List<List<Duty>> duties = new ArrayList<>();
    private final int[][] uses;
    private final Set<Object> touched = new LinkedHashSet<>();

    public Draft(Week week, Random random) {
        this.week = week;
        this.random = random;
        places = new Place[week.sessions.size()];
        seats = new Seat[week.attendances.size()];
        shifts = new Shift[week.leads.size()];
        rooms = new Room[week.meetings.size()];
        week.staff.forEach(one -> duties.add(new ArrayList<>()));
        uses = new int[week.rooms.size()][7 * Facts.MINUTES_PER_DAY / STEP];
        begin();
    }

    /** Begin as the working solution again, whatever has been tried here and changed there. */
    public void begin() {
        for (Session session : week.sessions) {
            if (places[session.index] != session.place) {
                set(session.index, session.place);
            }
        }
        for (Attendance attendance : week.attendances) {
            if (seats[attendance.index] != attendance.seat) {
                set(attendance.index, attendance.seat);
            }
        }
        for (Lead lead : week.leads) {
            if (shifts[lead.index] != lead.shift) {
                set(lead.index, lead.shift);
            }
        }
        for (Meeting meeting : week.meetings) {
            if (rooms[meeting.index] != meeting.room) {
                set(meeting.slot, meeting.room);
            }
        }
        touched.clear();
    }

    private void set(int session, Place place) {
        Place before = places[session];
        if (before != null) {
            duties(before.staff()).remove(before);
            use(before.room(), before.start(), before.end(), -1);
        }
        if (place != null) {
            duties(place.staff()).add(place);
            use(place.room(), place.start(), place.end(), 1);
        }
        places[session] = place;
        touched.add(week.sessions.get(session));
    }

    private void set(int attendance, Seat seat) {
        seats[attendance] = seat;
        touched.add(week.attendances.get(attendance));
    }

    private void set(int lead, Shift shift) {
        if (shifts[lead] != null) {
            duties(shifts[lead].staff()).remove(shifts[lead]);
        }
        if (shift != null) {
            duties(shift.staff()).add(shift);
        }
        shifts[lead] = shift;
        touched.add(week.leads.get(lead));
    }

    private void set(Slot slot, Room room) {
        if (rooms[slot.index] != null) {
            use(rooms[slot.index], slot.start, slot.end, -1);
        }
        if (room != null) {
            use(room, slot.start, slot.end, 1);
        }
        rooms[slot.index] = room;
        touched.add(week.meetings.get(slot.index));
    }

    /** What differs from the working solution. */
    public Reassignment reassignment() {
        List<Reassignment.Change> changes = new ArrayList<>();
        for (Object entity : touched) {
            Object value = valueOf(entity);
            if (value != Reassignment.valueOf(entity)) {
                changes.add(new Reassignment.Change(entity, value));
            }
        }
        return new Reassignment(changes);
    }

    private Object valueOf(Object entity) {
        if (entity instanceof Session session) {
            return places[session.index];
        }
        if (entity instanceof Attendance attendance) {
            return seats[attendance.index];
        }
        return entity instanceof Meeting meeting ? rooms[meeting.index] : shifts[((Lead) entity).index];
    }

    /** Carry out what differs from the working solution. */
    public void apply(ScoreDirector<Week> director) {
        reassignment().doMoveOnGenuineVariables(director);
    }

    public Place placeOf(int session) {
        return places[session];
    }

    public Seat seatOf(int attendance) {
        return seats[attendance];
    }

    public boolean held(Slot slot) {
        return rooms[slot.index] != null;
    }

    /** The attendances of everybody in a meeting. */
    public List<Integer> members(Slot slot) {
        List<Integer> members = new ArrayList<>();
        for (Seat seat : slot.seats) {
            for (int attendance : seat.need().attendances) {
                if (seats[attendance] == seat) {
                    members.add(attendance);
                }
            }
        }
        return members;
    }

    private List<Visit> visits(Person person) {
        List<Visit> visits = new ArrayList<>();
        for (int session : person.sessions) {
            if (places[session] != null) {
                visits.add(places[session]);
            }
        }
        for (int attendance : person.attendances) {
            if (seats[attendance] != null) {
                visits.add(seats[attendance]);
            }
        }
        return visits;
    }

    private List<Duty> duties(Staff staff) {
        return duties.get(staff.index);
    }

    private void use(Room room, int start, int end, int more) {
        int[] counts = uses[room.index];
        for (int k = start / STEP; k < end / STEP; k++) {
            counts[k] += more;
        }
    }

    private boolean free(Room room, int start, int end) {
        int[] counts = uses[room.index];
        for (int k = start / STEP; k < end / STEP; k++) {
            if (counts[k] >= room.places) {
                return false;
            }
        }
        return true;
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
        java.util.Collections.shuffle(order, random);
        order.sort(java.util.Comparator.comparing(shift -> !leadsNearby(shift)));
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
