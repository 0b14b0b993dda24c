package io.promotionverifier.core.replay;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.pipeline.Rules;
import io.promotionverifier.core.pipeline.StateEntry;
import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.settle.Room;
import io.promotionverifier.core.stream.ResumePoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the history to a core again, run by run, and says what follows from it: by the rules of then, what was
 * published then. Confined to one thread; memory is that of the core and of its state.
 */
public final class Replay {
    private final Rulebook rulebook;
    private final Map<StateEntry, StateEntry> entries = new LinkedHashMap<>();
    private CoreState state;
    private Optional<VerifierCore> core = Optional.empty();

    private Replay(Rulebook rulebook, CoreState state) {
        this.rulebook = rulebook;
        this.state = state;
    }

    /** A replay from the begin of a generation. */
    public static Replay ofGeneration(long generation, Lsn start, Rulebook rulebook) {
        return new Replay(rulebook, CoreState.initial(generation, ResumePoint.startingAt(start), 0));
    }

    /**
     * A replay from a checkpoint that the history holds.
     *
     * @param rules of the run that wrote it
     * @param room that run's, for rows that disagree
     * @param entries all rows and tallies
     */
    public static Replay from(
            List<Rules> rules, Room.Size room, CoreState state, Collection<StateEntry> entries, Rulebook rulebook) {
        Replay replay = new Replay(rulebook, state);
        entries.forEach(replay::keep);
        replay.core =
                Optional.of(VerifierCore.within(rulebook.rules().of(rules), room, state, replay.entries.values()));
        return replay;
    }

    private void keep(StateEntry entry) {
        StateEntry place = entry.forgotten();
        if (entry.equals(place)) {
            entries.remove(place);
        } else {
            entries.put(place, entry);
        }
    }

    /**
     * Takes the next record of the history; returns what was, or would have been, published then.
     *
     * @throws IllegalStateException if it belongs to a run whose begin is not known
     */
    public List<Effect> step(Effect.Recorded recorded) {
        if (recorded instanceof Effect.RunRecorded run) {
            begin(run);
            return List.of();
        }
        List<Effect> published = new ArrayList<>();
        running().replay(rulebook.told().of(recorded), effect -> {
            if (!(effect instanceof Effect.Recorded)) {
                published.add(effect);
            }
        });
        return published;
    }

    private VerifierCore running() {
        return core.orElseThrow(() -> new IllegalStateException("the history does not tell how the run began"));
    }

    /** A verifier that begins to run goes on from the last checkpoint, whatever the one before it had in mind. */
    private void begin(Effect.RunRecorded run) {
        core.ifPresent(before -> settle());
        if (run.generation() > state.generation()) {
            state = state.inAnotherLog();
        }
        core = Optional.of(VerifierCore.after(rulebook.rules().of(run.rules()), run.room(), state, entries.values()));
    }

    /** Takes over what the core remembers; called now and then, it bounds what the core keeps of what changed. */
    public void settle() {
        Checkpoint checkpoint = running().checkpoint();
        checkpoint.changed().forEach(this::keep);
        state = checkpoint.state();
    }

    /** The promotions as they stand, in the order of the configuration; none before the first run. */
    public List<PromotionStatus> statuses() {
        return core.map(VerifierCore::statuses).orElse(List.of());
    }
}
