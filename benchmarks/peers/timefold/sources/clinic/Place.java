package clinic;

import clinic.Facts.Need;
import clinic.Facts.Person;
import clinic.Facts.Room;
import clinic.Facts.Staff;

/** A place that a one-to-one or family session of a need could take. */
public record Place(Need need, int start, int end, int note, Staff staff, Room room, int burden)
        implements Visit, Duty, RoomUse {

    @Override
    public Staff leader() {
        return staff;
    }

    @Override
    public Person client() {
        return need.person;
    }

    @Override
    public int day() {
        return start / Facts.MINUTES_PER_DAY;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
