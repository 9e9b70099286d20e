package clinic;

import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.constructionheuristic.decider.forager.ConstructionHeuristicForagerConfig;
import ai.timefold.solver.core.config.constructionheuristic.decider.forager.ConstructionHeuristicPickEarlyType;
import ai.timefold.solver.core.config.constructionheuristic.placer.QueuedEntityPlacerConfig;
import ai.timefold.solver.core.config.heuristic.selector.common.SelectionCacheType;
import ai.timefold.solver.core.config.heuristic.selector.common.SelectionOrder;
import ai.timefold.solver.core.config.heuristic.selector.entity.EntitySelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.entity.EntitySorterManner;
import ai.timefold.solver.core.config.heuristic.selector.move.MoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.SwapMoveSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.phase.custom.CustomPhaseConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.util.List;

/** How Timefold is set up: groups by a custom phase, sessions first fit, then late acceptance. */
public final class Settings {

    private static final int LATE = 400;

    private Settings() {
    }

    public static SolverConfig of(long milliseconds, long seed) {
        return new SolverConfig()
                .withSolutionClass(Week.class)
                .withEntityClasses(Session.class, Attendance.class, Meeting.class, Lead.class)
                .withConstraintProviderClass(WeekConstraints.class)
                .withRandomSeed(seed)
                .withTerminationConfig(new TerminationConfig().withMillisecondsSpentLimit(milliseconds))
                .withPhases(
                        new CustomPhaseConfig().withCustomPhaseCommands(new PlaceGroups(seed)),
                        sessionsFirstFit(),
                        localSearch());
    }

    private static ConstructionHeuristicPhaseConfig sessionsFirstFit() {
        EntitySelectorConfig sorted = new EntitySelectorConfig(Session.class)
                .withId("session")
                .withCacheType(SelectionCacheType.PHASE)
                .withSelectionOrder(SelectionOrder.SORTED)
                .withSorterManner(EntitySorterManner.DECREASING_DIFFICULTY);
        ChangeMoveSelectorConfig change = new ChangeMoveSelectorConfig()
                .withEntitySelectorConfig(EntitySelectorConfig.newMimicSelectorConfig("session"));
        QueuedEntityPlacerConfig placer = new QueuedEntityPlacerConfig()
                .withEntitySelectorConfig(sorted)
                .withMoveSelectorConfigs(change);
        return new ConstructionHeuristicPhaseConfig()
                .withEntityPlacerConfig(placer)
                .withForagerConfig(new ConstructionHeuristicForagerConfig()
                        .withPickEarlyType(ConstructionHeuristicPickEarlyType.FIRST_FEASIBLE_SCORE_OR_NON_DETERIORATING_HARD));
    }

    private static LocalSearchPhaseConfig localSearch() {
        return new LocalSearchPhaseConfig()
                .withMoveSelectorConfig(new UnionMoveSelectorConfig(List.of(
                        weighted(40, change(Session.class)),
                        weighted(10, swap(Session.class)),
                        weighted(10, change(Attendance.class).withFilterClass(HeldOnly.class)),
                        weighted(5, change(Lead.class).withFilterClass(HeldOnly.class)),
                        weighted(1, change(Meeting.class).withFilterClass(HeldOnly.class)),
                        weighted(1, custom(DraftMoves.Retime.class)),
                        weighted(8, custom(DraftMoves.Enrol.class)),
                        weighted(8, custom(DraftMoves.Displace.class)),
                        weighted(8, custom(DraftMoves.Rearrange.class)))))
                .withAcceptorConfig(new LocalSearchAcceptorConfig().withLateAcceptanceSize(LATE))
                .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1));
    }

    private static MoveSelectorConfig<?> weighted(double weight, MoveSelectorConfig<?> moves) {
        moves.setFixedProbabilityWeight(weight);
        return moves;
    }

    private static ChangeMoveSelectorConfig change(Class<?> entity) {
        return new ChangeMoveSelectorConfig().withEntitySelectorConfig(new EntitySelectorConfig(entity));
    }

    private static SwapMoveSelectorConfig swap(Class<?> entity) {
        return new SwapMoveSelectorConfig().withEntitySelectorConfig(new EntitySelectorConfig(entity));
    }

    private static MoveIteratorFactoryConfig custom(Class<? extends DraftMoves> moves) {
        return new MoveIteratorFactoryConfig().withMoveIteratorFactoryClass(moves);
    }
}
