package clinic;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import clinic.Facts.Part;
import clinic.Facts.Slot;
import java.util.List;

/** One of the leaders of a part of a meeting: who it is, where the meeting is held. */
@PlanningEntity
public class Lead {

    @PlanningId
    public int index;
    public Part part;
    @ValueRangeProvider(id = "shifts")
    public List<Shift> shifts;
    @PlanningVariable(valueRangeProviderRefs = "shifts", allowsUnassigned = true)
    public Shift shift;

    public Lead() {
    }

    public Lead(int index, Part part) {
        this.index = index;
        this.part = part;
        this.shifts = part.shifts;
    }

    public Slot slot() {
        return part.slot;
    }
}
