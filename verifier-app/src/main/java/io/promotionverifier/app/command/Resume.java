package io.promotionverifier.app.command;

import io.promotionverifier.app.assembly.Seals;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.CoverageGap;
import io.promotionverifier.core.pipeline.StateEntry;
import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.settle.RowRecord;
import io.promotionverifier.core.stream.ResumePoint;
import io.promotionverifier.kafka.json.Lag;
import io.promotionverifier.kafka.publish.CheckpointPublisher;
import io.promotionverifier.kafka.state.RestoredState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code setup --resume}: the state goes on behind a coverage gap. What the interrupted transaction had touched is
 * forgotten, because nobody will show its end: it lies in the gap.
 */
final class Resume {
    private final CheckpointPublisher publisher;
    private final VerifierConfig config;

    Resume(CheckpointPublisher publisher, VerifierConfig config) {
        this.publisher = publisher;
        this.config = config;
    }

    void after(RestoredState state, Setup.Beginning beginning) {
        CoreState before = state.head().core();
        Lsn start = beginning.ready().start();
        List<CoverageGap> gaps = new ArrayList<>(before.gaps());
        gaps.add(new CoverageGap(
                before.resume().watermark(),
                start,
                "slot " + config.source().slot() + " was made anew (setup --resume)"));
        CoreState after = new CoreState(
                before.generation(),
                ResumePoint.startingAt(start),
                before.streamTime(),
                before.promotions(),
                gaps,
                before.silence(),
                before.commandsRead(),
                before.census());
        List<StateEntry> changed = untouched(state.entries());
        VerifierCore core = new VerifierCore(
                beginning.assembly().promotions(),
                Seals.of(config)::of,
                after,
                replaced(state.entries(), changed),
                start);
        publisher.commit(new Checkpoint(after, changed, core.statuses()), beginning.anchor(), Lag.UNKNOWN, true);
    }

    private static List<StateEntry> replaced(List<StateEntry> entries, List<StateEntry> changed) {
        List<StateEntry> all = new ArrayList<>(entries);
        all.removeIf(entry -> entry instanceof StateEntry.Row row
                && row.row().flatMap(RowRecord::touched).isPresent());
        all.addAll(changed);
        return all;
    }

    private static List<StateEntry> untouched(List<StateEntry> entries) {
        List<StateEntry> changed = new ArrayList<>();
        for (StateEntry entry : entries) {
            if (entry instanceof StateEntry.Row row
                    && row.row().flatMap(RowRecord::touched).isPresent()) {
                RowRecord record = row.row().orElseThrow();
                boolean empty = record.finding().isEmpty() && record.pastEpisodes() == 0;
                changed.add(new StateEntry.Row(
                        row.promotion(),
                        row.key(),
                        empty
                                ? Optional.empty()
                                : Optional.of(
                                        new RowRecord(record.finding(), record.pastEpisodes(), Optional.empty()))));
            }
        }
        return changed;
    }
}
