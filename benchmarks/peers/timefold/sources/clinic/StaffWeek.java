package clinic;

import clinic.Facts.Person;
import clinic.Facts.Staff;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The week of one member of staff, judged: how often each rule about it is broken, and what it adds to the level
 * staffing. Rules bear the ids that they have in the documentation.
 */
public final class StaffWeek {

    private final Staff staff;
    private final Duty[] duties;
    /** Until when each duty occupies, its notes included. */
    private final int[] until;
    private int overlaps;
    private int overLoad;
    private int longRuns;
    private int shortRests;
    private int staffing;

    public StaffWeek(Staff staff, List<Duty> some) {
        this.staff = staff;
        duties = some.toArray(new Duty[0]);
        sort();
        until = new int[duties.length];
        for (int k = 0; k < duties.length; k++) {
            until[k] = duties[k].end() + (goesOn(k) ? 0 : duties[k].note());
        }
        judgeOverlaps();
        judgeDays();
        judgeCaseload();
    }

    /** Whether the same person leads the next part of the same meeting. */
    private boolean goesOn(int k) {
        if (duties[k].slot() != null) {
            for (int j = k + 1; j < duties.length && duties[j].start() <= duties[k].end(); j++) {
                if (duties[j].slot() == duties[k].slot() && duties[j].start() == duties[k].end()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Order by start; by insertion, since there are few. */
    private void sort() {
        for (int k = 1; k < duties.length; k++) {
            Duty moved = duties[k];
            int to = k;
            for (; to > 0 && duties[to - 1].start() > moved.start(); to--) {
                duties[to] = duties[to - 1];
            }
            duties[to] = moved;
        }
    }

    private void judgeOverlaps() {
        int occupied = 0;
        for (int k = 0; k < duties.length; k++) {
            overlaps += duties[k].start() < occupied ? 1 : 0;
            occupied = Math.max(occupied, until[k]);
        }
    }

    private void judgeDays() {
        int week = 0;
        int yesterday = -2;
        int lastEnd = 0;
        for (int first = 0; first < duties.length;) {
            int day = duties[first].day();
            if (day == yesterday + 1 && duties[first].start() - lastEnd < staff.restMinutes) {
                shortRests++;
            }
            int next = first;
            int minutes = 0;
            int occupied = duties[first].start();
            for (; next < duties.length && duties[next].day() == day; next++) {
                minutes += duties[next].end() - duties[next].start();
                lastEnd = next == first ? duties[next].end() : Math.max(lastEnd, duties[next].end());
                staffing += staff.weights.idle() * Math.max(0, duties[next].start() - occupied);
                occupied = Math.max(occupied, until[next]);
            }
            judgeRuns(first, next);
            overLoad += minutes > staff.mostMinutesADay ? 1 : 0;
            week += minutes;
            yesterday = day;
            first = next;
        }
        overLoad += week > staff.mostMinutesAWeek ? 1 : 0;
        staffing += staff.weights.overTarget() * Math.max(0, week - Math.min(week, staff.targetMinutes));
    }

    /** Cut a day into runs; where breaks of no minutes will do, a part and its notes are runs of their own. */
    private void judgeRuns(int first, int next) {
        if (staff.longestRun == Facts.NONE) {
            return;
        }
        if (staff.breakMinutes == 0) {
            for (int k = first; k < next; k++) {
                int longest = Math.max(duties[k].end() - duties[k].start(), until[k] - duties[k].end());
                longRuns += longest > staff.longestRun ? 1 : 0;
            }
            return;
        }
        int began = duties[first].start();
        int occupied = until[first];
        for (int k = first + 1; k <= next; k++) {
            if (k == next || duties[k].start() - occupied >= staff.breakMinutes) {
                longRuns += occupied - began > staff.longestRun ? 1 : 0;
                began = k == next ? 0 : duties[k].start();
            }
            occupied = k == next ? 0 : Math.max(occupied, until[k]);
        }
    }

    private void judgeCaseload() {
        if (staff.mostPeople == Facts.NONE) {
            return;
        }
        Map<Person, Boolean> clients = new IdentityHashMap<>();
        for (Duty duty : duties) {
            if (duty.client() != null) {
                clients.put(duty.client(), true);
            }
        }
        overLoad += Math.max(0, clients.size() - staff.mostPeople);
    }

    /** Rule staff-free: duties that begin before an earlier one, its notes included, is over. */
    public int overlaps() {
        return overlaps;
    }

    /** Rule staff-load: days, weeks and caseloads over their limits. */
    public int overLoad() {
        return overLoad;
    }

    /** Rule staff-break: runs that are too long. */
    public int longRuns() {
        return longRuns;
    }

    /** Rule staff-rest: nights that are too short. */
    public int shortRests() {
        return shortRests;
    }

    /** Idle minutes and minutes over the target, weighted. */
    public int staffing() {
        return staffing;
    }

    /** Whether every rule about this week alone holds. */
    public boolean holds() {
        return overlaps == 0 && overLoad == 0 && longRuns == 0 && shortRests == 0;
    }
}
