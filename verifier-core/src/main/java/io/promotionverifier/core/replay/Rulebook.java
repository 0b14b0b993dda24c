package io.promotionverifier.core.replay;

import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.Rules;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * By which rules a replay judges, and what of the history it is told. Pure.
 *
 * @param rules the rules of a run, as they shall be now
 * @param told a record of the history, as the core shall be told it
 */
public record Rulebook(RulesOfRun rules, Telling told) {
    /** The rules of then, and everything. */
    public static final Rulebook OF_THEN = new Rulebook(then -> then, then -> then);

    /** No table has this name. */
    private static final TableName ELSEWHERE = new TableName("", "");

    /** Turns the rules of a run into those to judge by. */
    @FunctionalInterface
    public interface RulesOfRun {
        /** The rules to judge by. */
        List<Rules> of(List<Rules> then);
    }

    /** Turns what was told into what shall be told. */
    @FunctionalInterface
    public interface Telling {
        /** What shall be told. */
        Effect.Recorded of(Effect.Recorded then);
    }

    /** The same for some promotions only. */
    public Rulebook only(Predicate<Rules> wanted) {
        return new Rulebook(then -> rules.of(then.stream().filter(wanted).toList()), told);
    }

    /**
     * The same for some rows only: what befalls others moves stream time, and no more. Their outcomes and findings are
     * as they were; counters and aborts, which are of all rows, are not.
     */
    public Rulebook ofRow(Predicate<RowKey> wanted) {
        return new Rulebook(rules, then -> {
            Effect.Recorded shown = told.of(then);
            return shown instanceof Effect.ChangeRecorded change
                            && !isOf(change.change().event(), wanted)
                    ? passing(change)
                    : shown;
        });
    }

    private static boolean isOf(RowEvent event, Predicate<RowKey> wanted) {
        return event.key().map(wanted::test).orElse(true)
                || event.oldKey().map(wanted::test).orElse(false);
    }

    private static Effect.ChangeRecorded passing(Effect.ChangeRecorded change) {
        RowEvent event = change.change().event();
        RowEvent elsewhere = new RowEvent(
                event.operation(), ELSEWHERE, event.key(), event.oldKey(), event.origin(), event.writer(), List.of());
        RowChange passing = new RowChange(
                elsewhere, change.change().position(), change.change().lastOfTransaction());
        return new Effect.ChangeRecorded(change.eventId(), passing, Map.of());
    }
}
