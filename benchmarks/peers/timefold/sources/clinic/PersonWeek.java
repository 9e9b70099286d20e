package clinic;

import clinic.Facts.Need;
import clinic.Facts.Person;
import java.util.List;

/**
 * The week of one participant, judged: how often each rule about it is broken, and its burden. Rules bear the ids
 * that they have in the documentation.
 */
public final class PersonWeek {

    private final Person person;
    private final Visit[] visits;
    private int overlaps;
    private int overDayLimit;
    private int burden;

    public PersonWeek(Person person, List<Visit> some) {
        this.person = person;
        visits = some.toArray(new Visit[0]);
        sort();
        judgeDays();
    }

    /** Order by start; by insertion, since there are few. */
    private void sort() {
        for (int k = 1; k < visits.length; k++) {
            Visit moved = visits[k];
            int to = k;
            for (; to > 0 && visits[to - 1].start() > moved.start(); to--) {
                visits[to] = visits[to - 1];
            }
            visits[to] = moved;
        }
    }

    private void judgeDays() {
        int days = 0;
        for (int first = 0; first < visits.length; days++) {
            int day = visits[first].day();
            int minutes = 0;
            int until = visits[first].start();
            int next = first;
            for (; next < visits.length && visits[next].day() == day; next++) {
                Visit visit = visits[next];
                if (visit.start() < until) {
                    overlaps++;
                } else {
                    burden += person.weights.waiting() * (visit.start() - until);
                }
                until = Math.max(until, visit.end());
                minutes += visit.end() - visit.start();
                burden += visit.burden();
            }
            overDayLimit += minutes > person.mostMinutesADay ? 1 : 0;
            burden += person.weights.visit() + (minutes < person.billableMinutes ? person.weights.shortDay() : 0);
            first = next;
        }
        overDayLimit += Math.max(0, days - person.mostDays);
    }

    public int burden() {
        return burden;
    }

    /** Rule participant-free: visits that begin before an earlier one has ended. */
    public int overlaps() {
        return overlaps;
    }

    /** Rule day-limit: days that are too long, and days too many. */
    public int overDayLimit() {
        return overDayLimit;
    }

    /** Rule need-spacing: pairs of visits of one need on days too close. */
    public int tooClose() {
        int pairs = 0;
        for (int i = 0; i < visits.length; i++) {
            for (int j = i + 1; j < visits.length; j++) {
                Need need = visits[i].need();
                if (need == visits[j].need() && visits[j].day() - visits[i].day() < need.daysApart) {
                    pairs++;
                }
            }
        }
        return pairs;
    }

    /** Rule need-order: visits that begin before every session of the need they wait for has ended. */
    public int tooEarly() {
        int visitsTooEarly = 0;
        for (Visit later : visits) {
            Need first = later.need().after;
            if (first != null) {
                int ended = 0;
                for (Visit earlier : visits) {
                    ended += earlier.need() == first && earlier.end() <= later.start() ? 1 : 0;
                }
                visitsTooEarly += ended < first.sessions ? 1 : 0;
            }
        }
        return visitsTooEarly;
    }

    /** Rules staff-fit (same_staff) and group-member: pairs of one need that differ in their leader or group. */
    public int mixed() {
        int pairs = 0;
        for (int i = 0; i < visits.length; i++) {
            for (int j = i + 1; j < visits.length; j++) {
                Need need = visits[i].need();
                if (need == visits[j].need()) {
                    boolean otherLeader = need.oneLeader && visits[i].leader() != visits[j].leader();
                    boolean otherGroup = !need.mixesGroups && visits[i].group() != visits[j].group();
                    pairs += otherLeader || otherGroup ? 1 : 0;
                }
            }
        }
        return pairs;
    }

    /** Whether every rule about this week alone holds. */
    public boolean holds() {
        return overlaps == 0 && overDayLimit == 0 && tooClose() == 0 && mixed() == 0 && tooEarly() == 0;
    }
}
