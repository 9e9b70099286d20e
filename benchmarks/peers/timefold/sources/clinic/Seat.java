package clinic;

import clinic.Facts.Group;
import clinic.Facts.Need;
import clinic.Facts.Slot;

/** A meeting, seen by a participant who could attend it. */
public record Seat(Need need, Slot slot, int burden) implements Visit {

    @Override
    public int start() {
        return slot.start;
    }

    @Override
    public int end() {
        return slot.end;
    }

    @Override
    public Group group() {
        return slot.group;
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
