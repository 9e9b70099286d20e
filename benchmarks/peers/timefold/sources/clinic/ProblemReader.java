package clinic;

import clinic.Facts.Apart;
import clinic.Facts.Crew;
import clinic.Facts.Group;
import clinic.Facts.Need;
import clinic.Facts.Part;
import clinic.Facts.Person;
import clinic.Facts.Refusal;
import clinic.Facts.Room;
import clinic.Facts.Slot;
import clinic.Facts.Staff;
import clinic.Facts.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** Reads a problem: one thing a line, a word and then numbers; -1 stands for no limit and for nobody. */
public final class ProblemReader {

    private final Week week = new Week();
    private final List<Part> parts = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final List<List<Integer>> pinnedStarts = new ArrayList<>();
    private final List<List<Slot>> pinnedSlots = new ArrayList<>();

    private ProblemReader() {
    }

    public static Week read(Path file) throws IOException {
        ProblemReader reader = new ProblemReader();
        for (String line : Files.readAllLines(file)) {
            StringTokenizer tokens = new StringTokenizer(line);
            reader.take(tokens.nextToken(), new Numbers(tokens));
        }
        reader.createEntities();
        return reader.week;
    }

    /** What follows the word on a line. */
    private record Numbers(StringTokenizer tokens) {

        int next() {
            return Integer.parseInt(tokens.nextToken());
        }

        int limit() {
            int limit = next();
            return limit < 0 ? Facts.NONE : limit;
        }

        boolean flag() {
            return next() != 0;
        }

        boolean more() {
            return tokens.hasMoreTokens();
        }
    }

    private void take(String word, Numbers numbers) {
        switch (word) {
            case "weights" -> week.weights = new Weights(numbers.next(), numbers.next(), numbers.next(),
                    numbers.next(), numbers.next(), numbers.next(), numbers.next(), numbers.next(), numbers.next());
            case "room" -> week.rooms.add(new Room(week.rooms.size(), numbers.limit(), numbers.limit()));
            case "staff" -> takeStaff(numbers);
            case "person" -> takePerson(numbers);
            case "need" -> takeNeed(numbers);
            case "after" -> {
                Need need = week.needs.get(numbers.next());
                need.after = week.needs.get(numbers.next());
                need.after.othersWait = true;
            }
            case "places" -> takePlaces(numbers);
            case "group" -> takeGroup(numbers);
            case "slot" -> takeSlot(numbers);
            case "part" -> takePart(numbers);
            case "crew" -> week.crews.add(new Crew(slots.get(numbers.next()), week.staff.get(numbers.next())));
            case "seat" -> {
                Need need = week.needs.get(numbers.next());
                Seat seat = new Seat(need, slots.get(numbers.next()), numbers.next());
                need.seats.add(seat);
                seat.slot().seats.add(seat);
            }
            case "refusal" -> {
                Need need = week.needs.get(numbers.next());
                Staff staff = week.staff.get(numbers.next());
                need.refused.add(staff);
                week.refusals.add(new Refusal(need, staff));
            }
            case "apart" -> week.apart.add(
                    new Apart(week.persons.get(numbers.next()), week.persons.get(numbers.next())));
            case "pinned-session" -> pinnedStarts.get(numbers.next()).add(numbers.next());
            case "pinned-seat" -> pinnedSlots.get(numbers.next()).add(slots.get(numbers.next()));
            default -> throw new IllegalArgumentException("unknown word " + word);
        }
    }

    private void takeStaff(Numbers numbers) {
        Staff staff = new Staff();
        staff.index = week.staff.size();
        staff.mostMinutesADay = numbers.limit();
        staff.mostMinutesAWeek = numbers.limit();
        staff.mostPeople = numbers.limit();
        staff.longestRun = numbers.limit();
        staff.breakMinutes = numbers.next();
        staff.restMinutes = numbers.next();
        staff.targetMinutes = numbers.limit();
        staff.weights = week.weights;
        week.staff.add(staff);
    }

    private void takePerson(Numbers numbers) {
        Person person = new Person();
        person.index = week.persons.size();
        person.mostDays = numbers.limit();
        person.mostMinutesADay = numbers.limit();
        person.billableMinutes = numbers.next();
        person.weights = week.weights;
        week.persons.add(person);
    }

    private void takeNeed(Numbers numbers) {
        Need need = new Need();
        need.index = week.needs.size();
        need.person = week.persons.get(numbers.next());
        need.weight = numbers.next();
        need.sessions = numbers.next();
        need.oneLeader = numbers.flag();
        need.mixesGroups = numbers.flag();
        need.daysApart = numbers.next();
        week.needs.add(need);
        pinnedStarts.add(new ArrayList<>());
        pinnedSlots.add(new ArrayList<>());
    }

    /** The places of a need from one start: every member of staff (with the burden) in every room. */
    private void takePlaces(Numbers numbers) {
        Need need = week.needs.get(numbers.next());
        int start = numbers.next();
        int end = numbers.next();
        int note = numbers.next();
        List<Room> rooms = new ArrayList<>();
        for (int left = numbers.next(); left > 0; left--) {
            rooms.add(week.rooms.get(numbers.next()));
        }
        while (numbers.more()) {
            Staff staff = week.staff.get(numbers.next());
            int burden = numbers.next();
            for (Room room : rooms) {
                need.places.add(new Place(need, start, end, note, staff, room, burden));
            }
        }
    }

    private void takeGroup(Numbers numbers) {
        Group group = new Group();
        group.index = week.groups.size();
        group.meetings = numbers.next();
        group.sameStart = numbers.flag();
        group.minSize = numbers.next();
        group.maxSize = numbers.next();
        group.weights = week.weights;
        week.groups.add(group);
    }

    private void takeSlot(Numbers numbers) {
        Slot slot = new Slot();
        slot.index = slots.size();
        slot.group = week.groups.get(numbers.next());
        slot.start = numbers.next();
        slot.end = numbers.next();
        slot.note = numbers.next();
        slot.pinned = numbers.flag();
        while (numbers.more()) {
            slot.rooms.add(week.rooms.get(numbers.next()));
        }
        slot.group.slots.add(slot);
        slots.add(slot);
        week.meetings.add(new Meeting(slot));
    }

    private void takePart(Numbers numbers) {
        Part part = new Part();
        part.slot = slots.get(numbers.next());
        part.number = part.slot.parts.size();
        part.start = numbers.next();
        part.end = numbers.next();
        part.leaders = numbers.next();
        while (numbers.more()) {
            part.shifts.add(new Shift(part, week.staff.get(numbers.next())));
        }
        part.slot.mostLeaders = Math.max(part.slot.mostLeaders, part.leaders);
        part.slot.parts.add(part);
        parts.add(part);
    }

    private void createEntities() {
        for (Part part : parts) {
            for (int k = 0; k < part.leaders; k++) {
                part.leads.add(week.leads.size());
                week.leads.add(new Lead(week.leads.size(), part));
            }
        }
        for (Need need : week.needs) {
            for (int k = 0; k < need.sessions && !need.places.isEmpty(); k++) {
                addSession(need, k);
            }
            for (int k = 0; k < need.sessions && !need.seats.isEmpty(); k++) {
                addAttendance(need, k);
            }
        }
    }

    private void addSession(Need need, int k) {
        List<Integer> pinned = pinnedStarts.get(need.index);
        List<Place> places = k >= pinned.size() ? need.places
                : need.places.stream().filter(place -> place.start() == pinned.get(k)).toList();
        need.person.sessions.add(week.sessions.size());
        week.sessions.add(new Session(week.sessions.size(), need, k < pinned.size(), places));
    }

    private void addAttendance(Need need, int k) {
        List<Slot> pinned = pinnedSlots.get(need.index);
        List<Seat> seats = k >= pinned.size() ? need.seats
                : need.seats.stream().filter(seat -> seat.slot() == pinned.get(k)).toList();
        need.person.attendances.add(week.attendances.size());
        need.attendances.add(week.attendances.size());
        week.attendances.add(new Attendance(week.attendances.size(), need, k < pinned.size(), seats));
    }
}
