package clinic;

import java.util.ArrayList;
import java.util.List;

/**
 * The problem facts: what a clinic has, and whom it serves. Compared by identity; all times are minutes of the week,
 * and a limit that is not set is {@link #NONE}.
 */
public final class Facts {

    public static final int NONE = Integer.MAX_VALUE;
    public static final int MINUTES_PER_DAY = 24 * 60;

    private Facts() {
    }

    /** Weights of the levels burden and staffing. */
    public record Weights(int visit, int waiting, int offPreference, int otherStaff, int shortDay, int meeting,
            int leaderChange, int overTarget, int idle) {
    }

    /** Interchangeable rooms; the remote "room" has places and seats without end. */
    public static final class Room {
        public final int index;
        public final int places;
        public final int seats;

        public Room(int index, int places, int seats) {
            this.index = index;
            this.places = places;
            this.seats = seats;
        }

        public boolean remote() {
            return places == NONE;
        }
    }

    /** A member of staff with all limits on their week. */
    public static final class Staff {
        public int index;
        public int mostMinutesADay;
        public int mostMinutesAWeek;
        public int mostPeople;
        public int longestRun;
        public int breakMinutes;
        public int restMinutes;
        public int targetMinutes;
        public Weights weights;
    }

    /** A participant; {@code sessions} and {@code attendances} are positions in the lists of {@link Week}. */
    public static final class Person {
        public int index;
        public int mostDays;
        public int mostMinutesADay;
        public int billableMinutes;
        public Weights weights;
        public final List<Integer> sessions = new ArrayList<>();
        public final List<Integer> attendances = new ArrayList<>();
    }

    /** What a participant needs of one service; {@code places} or {@code seats} are where it can be had. */
    public static final class Need {
        public int index;
        public Person person;
        public int weight;
        public int sessions;
        public boolean oneLeader;
        public boolean mixesGroups;
        public int daysApart;
        /** The need that must be served before, or null. */
        public Need after;
        public boolean othersWait;
        public final List<Place> places = new ArrayList<>();
        public final List<Seat> seats = new ArrayList<>();
        public final List<Staff> refused = new ArrayList<>();
        /** Positions in the list of attendances of {@link Week}. */
        public final List<Integer> attendances = new ArrayList<>();
    }

    /** A cohort or class. */
    public static final class Group {
        public int index;
        public int meetings;
        public boolean sameStart;
        public int minSize;
        public int maxSize;
        public Weights weights;
        public final List<Slot> slots = new ArrayList<>();
    }

    /** A part of a meeting that could happen: how many lead it, and the shifts that could. */
    public static final class Part {
        public Slot slot;
        public int number;
        public int start;
        public int end;
        public int leaders;
        public final List<Shift> shifts = new ArrayList<>();
        /** Positions in the list of leads of {@link Week}, one for each leader. */
        public final List<Integer> leads = new ArrayList<>();
    }

    /** A meeting that a group could hold; at the same position as its {@link Meeting} in {@link Week}. */
    public static final class Slot {
        public int index;
        public Group group;
        public int start;
        public int end;
        public int note;
        public boolean pinned;
        public int mostLeaders;
        public final List<Room> rooms = new ArrayList<>();
        public final List<Part> parts = new ArrayList<>();
        public final List<Seat> seats = new ArrayList<>();

        public int day() {
            return start / MINUTES_PER_DAY;
        }

        public int timeOfDay() {
            return start % MINUTES_PER_DAY;
        }
    }

    /** Two participants who must never be in one meeting. */
    public record Apart(Person one, Person other) {
    }

    /** A need whose participant attends no meeting that this member of staff leads. */
    public record Refusal(Need need, Staff staff) {
    }

    /** Somebody whom a pin wants among those who lead a meeting. */
    public record Crew(Slot slot, Staff staff) {
    }
}
