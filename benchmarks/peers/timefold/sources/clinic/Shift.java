package clinic;

import clinic.Facts.Part;
import clinic.Facts.Slot;
import clinic.Facts.Staff;

/** A part of a meeting, seen by somebody who could lead it. */
public record Shift(Part part, Staff staff) implements Duty {

    @Override
    public int start() {
        return part.start;
    }

    @Override
    public int end() {
        return part.end;
    }

    @Override
    public int note() {
        return part.slot.note;
    }

    @Override
    public Slot slot() {
        return part.slot;
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
