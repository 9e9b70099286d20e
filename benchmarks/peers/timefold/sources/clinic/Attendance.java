package clinic;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import clinic.Facts.Need;
import java.util.List;

/** One of the sessions of a group need: the seat that is taken, if any. */
@PlanningEntity
public class Attendance {

    @PlanningId
    public int index;
    public Need need;
    /** Whether a pin says where it is; then there is just that seat. */
    public boolean pinned;
    @ValueRangeProvider(id = "seats")
    public List<Seat> seats;
    @PlanningVariable(valueRangeProviderRefs = "seats", allowsUnassigned = true)
    public Seat seat;

    public Attendance() {
    }

    public Attendance(int index, Need need, boolean pinned, List<Seat> seats) {
        this.index = index;
        this.need = need;
        this.pinned = pinned;
        this.seats = seats;
    }
}
