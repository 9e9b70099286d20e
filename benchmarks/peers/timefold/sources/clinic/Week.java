package clinic;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.score.buildin.bendablelong.BendableLongScore;
import clinic.Facts.Apart;
import clinic.Facts.Crew;
import clinic.Facts.Group;
import clinic.Facts.Need;
import clinic.Facts.Person;
import clinic.Facts.Refusal;
import clinic.Facts.Room;
import clinic.Facts.Staff;
import clinic.Facts.Weights;
import java.util.ArrayList;
import java.util.List;

/** The planning solution: one clinic in one week. */
@PlanningSolution
public class Week {

    public static final int HARD_LEVELS = 1;
    public static final int SOFT_LEVELS = 3;

    public int slotMinutes;
    public Weights weights;
    public List<Room> rooms = new ArrayList<>();
    public List<Staff> staff = new ArrayList<>();
    public List<Group> groups = new ArrayList<>();
    public List<Person> persons = new ArrayList<>();
    public List<Need> needs = new ArrayList<>();
    @ProblemFactCollectionProperty
    public List<Apart> apart = new ArrayList<>();
    @ProblemFactCollectionProperty
    public List<Refusal> refusals = new ArrayList<>();
    @ProblemFactCollectionProperty
    public List<Crew> crews = new ArrayList<>();

    @PlanningEntityCollectionProperty
    public List<Session> sessions = new ArrayList<>();
    @PlanningEntityCollectionProperty
    public List<Attendance> attendances = new ArrayList<>();
    @PlanningEntityCollectionProperty
    public List<Meeting> meetings = new ArrayList<>();
    @PlanningEntityCollectionProperty
    public List<Lead> leads = new ArrayList<>();

    @PlanningScore(bendableHardLevelsSize = HARD_LEVELS, bendableSoftLevelsSize = SOFT_LEVELS)
    public BendableLongScore score;
}
