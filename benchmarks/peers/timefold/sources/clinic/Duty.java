package clinic;

import clinic.Facts.Person;
import clinic.Facts.Slot;
import clinic.Facts.Staff;

/** A stretch that a member of staff leads: a {@link Place} or a {@link Shift}. */
public interface Duty {

    Staff staff();

    int start();

    int end();

    /** Length of the notes that follow, unless the same person goes on leading the same meeting. */
    int note();

    /** The meeting that this is a part of, or null. */
    default Slot slot() {
        return null;
    }

    /** Who is met alone or with family, or null. */
    default Person client() {
        return null;
    }

    default int day() {
        return start() / Facts.MINUTES_PER_DAY;
    }
}
