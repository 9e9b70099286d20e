package clinic;

import ai.timefold.solver.core.config.heuristic.selector.entity.EntitySelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.MoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.SwapMoveSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.phase.custom.CustomPhaseConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.util.List;

/** How Timefold is set up: a custom construction phase, then late acceptance, then simulated annealing. */
public final class Settings {

    /** The share of the time for late acceptance, which is better at placing sessions; annealing at the burden. */
    private static final double LATE_SHARE = 0.4;
    private static final int LATE = 400;
    /** What is lost is accepted with probability exp(-loss / temperature) on each level, cooling to the end. */
    private static final String TEMPERATURE = "[0]hard/[30/80/80]soft";

    private Settings() {
    }

    @SuppressWarnings("unchecked")
    public static SolverConfig of(long milliseconds, long seed) {
        return new SolverConfig()
                .withSolutionClass(Week.class)
                .withEntityClasses(Session.class, Attendance.class, Meeting.class, Lead.class)
                .withConstraintProviderClass(WeekConstraints.class)
                .withRandomSeed(seed)
                .withTerminationConfig(new TerminationConfig().withMillisecondsSpentLimit(milliseconds))
                .withPhases(
                        new CustomPhaseConfig().withCustomPhaseCommands(new Construction(seed)),
                        localSearch(new LocalSearchAcceptorConfig().withLateAcceptanceSize(LATE))
                                .withTerminationConfig(new TerminationConfig()
                                        .withMillisecondsSpentLimit(Math.round(LATE_SHARE * milliseconds))),
                        localSearch(new LocalSearchAcceptorConfig()
                                .withSimulatedAnnealingStartingTemperature(TEMPERATURE)));
    }

    private static LocalSearchPhaseConfig localSearch(LocalSearchAcceptorConfig acceptor) {
        return new LocalSearchPhaseConfig()
                .withMoveSelectorConfig(new UnionMoveSelectorConfig(List.of(
                        weighted(10, new SwapMoveSelectorConfig()
                                .withEntitySelectorConfig(new EntitySelectorConfig(Session.class))),
                        weighted(40, custom(DraftMoves.Replace.class)),
                        weighted(10, custom(DraftMoves.Reseat.class)),
                        weighted(10, custom(DraftMoves.Relead.class)),
                        weighted(1, custom(DraftMoves.Retime.class)),
                        weighted(10, custom(DraftMoves.Enrol.class)),
                        weighted(10, custom(DraftMoves.Displace.class)),
                        weighted(10, custom(DraftMoves.Rearrange.class)))))
                .withAcceptorConfig(acceptor)
                .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1));
    }

    private static MoveSelectorConfig<?> weighted(double weight, MoveSelectorConfig<?> moves) {
        moves.setFixedProbabilityWeight(weight);
        return moves;
    }

    private static MoveIteratorFactoryConfig custom(Class<? extends DraftMoves> moves) {
        return new MoveIteratorFactoryConfig().withMoveIteratorFactoryClass(moves);
    }
}
