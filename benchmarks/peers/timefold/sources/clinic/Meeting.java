package clinic;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import clinic.Facts.Room;
import clinic.Facts.Slot;
import java.util.List;

/** Whether a group meets in a slot, and in which room; it meets where a room is assigned. */
@PlanningEntity
public class Meeting implements RoomUse {

    @PlanningId
    public int index;
    public Slot slot;
    @ValueRangeProvider(id = "rooms")
    public List<Room> rooms;
    @PlanningVariable(valueRangeProviderRefs = "rooms", allowsUnassigned = true)
    public Room room;

    public Meeting() {
    }

    public Meeting(Slot slot) {
        this.index = slot.index;
        this.slot = slot;
        this.rooms = slot.rooms;
    }

    public Slot slot() {
        return slot;
    }

    @Override
    public Room room() {
        return room;
    }

    @Override
    public int start() {
        return slot.start;
    }

    @Override
    public int end() {
        return slot.end;
    }
}
