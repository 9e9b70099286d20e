package clinic;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.move.AbstractMove;
import clinic.Facts.Room;
import java.util.Collection;
import java.util.List;

/** A move that gives several entities new values at once. */
public final class Reassignment extends AbstractMove<Week> {

    /** One entity and its new value, or null. */
    public record Change(Object entity, Object value) {

        void apply(ScoreDirector<Week> director) {
            String variable = variable();
            director.beforeVariableChanged(entity, variable);
            if (entity instanceof Session session) {
                session.place = (Place) value;
            } else if (entity instanceof Attendance attendance) {
                attendance.seat = (Seat) value;
            } else if (entity instanceof Meeting meeting) {
                meeting.room = (Room) value;
            } else {
                ((Lead) entity).shift = (Shift) value;
            }
            director.afterVariableChanged(entity, variable);
        }

        private String variable() {
            if (entity instanceof Session) {
                return "place";
            }
            if (entity instanceof Attendance) {
                return "seat";
            }
            return entity instanceof Meeting ? "room" : "shift";
        }
    }

    /** The value of an entity's variable, or null. */
    public static Object valueOf(Object entity) {
        if (entity instanceof Session session) {
            return session.place;
        }
        if (entity instanceof Attendance attendance) {
            return attendance.seat;
        }
        return entity instanceof Meeting meeting ? meeting.room : ((Lead) entity).shift;
    }

    private final List<Change> changes;

    public Reassignment(List<Change> changes) {
        this.changes = changes;
    }

    @Override
    public boolean isMoveDoable(ScoreDirector<Week> director) {
        return !changes.isEmpty();
    }

    @Override
    protected void doMoveOnGenuineVariables(ScoreDirector<Week> director) {
        for (Change change : changes) {
            change.apply(director);
        }
    }

    @Override
    public Collection<?> getPlanningEntities() {
        return changes.stream().map(Change::entity).toList();
    }

    @Override
    public Collection<?> getPlanningValues() {
        return changes.stream().map(Change::value).toList();
    }
}
