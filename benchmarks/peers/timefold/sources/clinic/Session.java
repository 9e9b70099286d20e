package clinic;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import clinic.Facts.Need;
import java.util.List;

/** One of the sessions of a one-to-one or family need, placed or not. */
@PlanningEntity
public class Session {

    @PlanningId
    public int index;
    public Need need;
    /** Whether a pin says that it takes place; then its places are those of the pin. */
    public boolean pinned;
    @ValueRangeProvider(id = "places")
    public List<Place> places;
    @PlanningVariable(valueRangeProviderRefs = "places", allowsUnassigned = true)
    public Place place;

    public Session() {
    }

    public Session(int index, Need need, boolean pinned, List<Place> places) {
        this.index = index;
        this.need = need;
        this.pinned = pinned;
        this.places = places;
    }
}
