package clinic;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
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
 * A copy of the working solution's values that custom moves may change before the solver hears of it, indexed by who
 * and what is taken. It is kept from one move to the next, so that beginning anew costs what has changed meanwhile.
 */
public abstract class Mirror {

    private static final int STEP = 5;

    public final Week week;
    public final Random random;
    protected final Place[] places;
    protected final Seat[] seats;
    protected final Shift[] shifts;
    protected final Room[] rooms;
    private final List<List<Duty>> duties = new ArrayList<>();
    private final int[][] uses;
    private final Set<Object> touched = new LinkedHashSet<>();

    protected Mirror(Week week, Random random) {
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

    protected void set(int session, Place place) {
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

    protected void set(int attendance, Seat seat) {
        seats[attendance] = seat;
        touched.add(week.attendances.get(attendance));
    }

    protected void set(int lead, Shift shift) {
        if (shifts[lead] != null) {
            duties(shifts[lead].staff()).remove(shifts[lead]);
        }
        if (shift != null) {
            duties(shift.staff()).add(shift);
        }
        shifts[lead] = shift;
        touched.add(week.leads.get(lead));
    }

    protected void set(Slot slot, Room room) {
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

    protected List<Visit> visits(Person person) {
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

    protected List<Duty> duties(Staff staff) {
        return duties.get(staff.index);
    }

    private void use(Room room, int start, int end, int more) {
        int[] counts = uses[room.index];
        for (int k = start / STEP; k < end / STEP; k++) {
            counts[k] += more;
        }
    }

    protected boolean free(Room room, int start, int end) {
        int[] counts = uses[room.index];
        for (int k = start / STEP; k < end / STEP; k++) {
            if (counts[k] >= room.places) {
                return false;
            }
        }
        return true;
    }
}
