package clinic;

import ai.timefold.solver.core.api.score.buildin.bendablelong.BendableLongScore;
import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads commands, {@code FILE MILLISECONDS THREADS} on a line, until there are no more, and answers each with every
 * better week that it finds and then the line {@code done}. One solver a thread, each with a seed of its own.
 */
public final class Main {

    private static final long REPORT_EVERY_MILLISECONDS = 100;

    private final PrintStream out;
    private final AtomicReference<Week> best = new AtomicReference<>();

    private Main(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler((thread, crash) -> {
            crash.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            long received = System.nanoTime();
            int second = line.lastIndexOf(' ');
            int first = line.lastIndexOf(' ', second - 1);
            long limit = Long.parseLong(line.substring(first + 1, second));
            new Main(out).solve(Path.of(line.substring(0, first)), received + limit * 1_000_000,
                    Integer.parseInt(line.substring(second + 1)));
            out.println("done");
            out.flush();
        }
    }

    private void solve(Path problem, long deadline, int threads) throws IOException, InterruptedException {
        List<Thread> solvers = new ArrayList<>();
        for (int k = 0; k < threads; k++) {
            Week week = ProblemReader.read(problem);
            long seed = k;
            solvers.add(new Thread(() -> run(week, deadline, seed)));
        }
        solvers.forEach(Thread::start);
        Week reported = null;
        for (boolean running = true; running;) {
            Thread.sleep(REPORT_EVERY_MILLISECONDS);
            running = solvers.stream().anyMatch(Thread::isAlive);
            Week found = best.get();
            if (found != reported) {
                print(found);
                reported = found;
            }
        }
    }

    private void run(Week problem, long deadline, long seed) {
        long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
        Solver<Week> solver = SolverFactory.<Week>create(Settings.of(left, seed)).buildSolver();
        solver.addEventListener(event -> keep(event.getNewBestSolution()));
        keep(solver.solve(problem));
    }

    private void keep(Week found) {
        if (found.score.isFeasible()) {
            best.accumulateAndGet(found, (old, now) -> old == null || now.score.compareTo(old.score) > 0 ? now : old);
        }
    }

    private void print(Week week) {
        BendableLongScore score = week.score;
        out.println("week " + -score.softScore(0) + " " + -score.softScore(1) + " " + -score.softScore(2));
        for (Session session : week.sessions) {
            if (session.place != null) {
                Place place = session.place;
                out.println("session " + place.need().index + " " + place.start() + " " + place.staff().index + " "
                        + place.room().index);
            }
        }
        for (Meeting meeting : week.meetings) {
            if (meeting.room != null) {
                out.println("meeting " + meeting.index + " " + meeting.room.index);
            }
        }
        for (Lead lead : week.leads) {
            if (lead.shift != null) {
                out.println("lead " + lead.part.slot.index + " " + lead.part.number + " " + lead.shift.staff().index);
            }
        }
        for (Attendance attendance : week.attendances) {
            if (attendance.seat != null) {
                out.println("seat " + attendance.need.index + " " + attendance.seat.slot().index);
            }
        }
        out.println("end");
        out.flush();
    }
}
