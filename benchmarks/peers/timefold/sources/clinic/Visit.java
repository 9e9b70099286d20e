package clinic;

import clinic.Facts.Group;
import clinic.Facts.Need;
import clinic.Facts.Person;
import clinic.Facts.Staff;

/** A stretch of a participant's week: a {@link Place} or a {@link Seat}. */
public interface Visit {

    Need need();

    int start();

    int end();

    /** What it adds to the burden, wherever the other visits are. */
    int burden();

    /** Who leads it, where the participant has a say in that; otherwise null. */
    default Staff leader() {
        return null;
    }

    /** The group whose meeting it is, or null. */
    default Group group() {
        return null;
    }

    default Person person() {
        return need().person;
    }

    default int day() {
        return start() / Facts.MINUTES_PER_DAY;
    }
}
