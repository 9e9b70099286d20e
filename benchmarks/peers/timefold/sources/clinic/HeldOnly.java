package clinic;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.selector.common.decorator.SelectionFilter;
import ai.timefold.solver.core.impl.heuristic.selector.move.generic.ChangeMove;

/** Lets single changes of seats, shifts and rooms through where the meeting is held before and after. */
public final class HeldOnly implements SelectionFilter<Week, ChangeMove<Week>> {

    @Override
    public boolean accept(ScoreDirector<Week> director, ChangeMove<Week> move) {
        Object value = move.getToPlanningValue();
        if (move.getEntity() instanceof Attendance) {
            Week week = director.getWorkingSolution();
            return value == null || week.meetings.get(((Seat) value).slot().index).room != null;
        }
        if (move.getEntity() instanceof Meeting meeting) {
            return value != null && meeting.room != null;
        }
        return value != null && ((Lead) move.getEntity()).shift != null;
    }
}
