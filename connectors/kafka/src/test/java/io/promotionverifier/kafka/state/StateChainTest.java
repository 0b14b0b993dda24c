package io.promotionverifier.kafka.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promotionverifier.core.judge.DistinctSketch;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.StateEntry;
import io.promotionverifier.kafka.Samples;
import io.promotionverifier.kafka.json.Json;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain of checkpoints, written, compacted by chance, and read. */
final class StateChainTest {
    private final List<StateRecord> log = new ArrayList<>();
    private final Map<String, StateEntry> expected = new HashMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14})
    void theStateReadIsTheStateWrittenWhateverCompactionTook(long seed) {
        Samples samples = new Samples(seed);
        StateChain chain = StateChain.empty();
        CoreState last = samples.core();
        for (int checkpoint = 0; checkpoint < 20; checkpoint++) {
            last = samples.core();
            write(chain, last, Stream.generate(samples::entry).limit(10).toList());
        }
        RestoredState whole = fold(log).state().orElseThrow();
        assertThat(whole.head().core()).isEqualTo(last);
        assertThat(whole.head().sequence()).isEqualTo(20);
        assertThat(whole.head().anchor()).isEqualTo(Samples.ANCHOR);
        assertThat(whole.head().statuses()).containsExactly(Json.object().put("promotion", "P"));
        assertThat(comparable(whole.entries())).isEqualTo(comparable(expected.values()));
        RestoredState compacted = fold(compact(new Random(seed))).state().orElseThrow();
        assertThat(compacted.head()).isEqualTo(whole.head());
        assertThat(compacted.entries()).hasSameSizeAs(whole.entries());
    }

    /** Sketches hold arrays, which know no equality. */
    private static Set<Object> comparable(Collection<StateEntry> entries) {
        return entries.stream()
                .map(entry -> entry instanceof StateEntry.Tallied tallied ? comparable(tallied) : entry)
                .collect(Collectors.toSet());
    }

    private static List<Object> comparable(StateEntry.Tallied tallied) {
        DistinctSketch.Snapshot sketch = tallied.tally().sketch().orElseThrow();
        return List.of(
                tallied.promotion(),
                tallied.tally().key(),
                LongBuffer.wrap(sketch.hashes()),
                ByteBuffer.wrap(sketch.registers()));
    }

    private void write(StateChain chain, CoreState core, List<StateEntry> entries) {
        chain.next(core, entries, Samples.ANCHOR, List.of(Json.object().put("promotion", "P")), log::add);
        for (StateEntry entry : entries) {
            StateRecord record = EntryCodec.record(entry);
            if (record.value().isPresent()) {
                expected.put(record.key(), entry);
            } else {
                expected.remove(record.key());
            }
        }
    }

    /** Drops some of the records that a later one replaces, as the broker's cleaner may. */
    private List<StateRecord> compact(Random random) {
        Set<String> later = new HashSet<>();
        List<StateRecord> kept = new ArrayList<>();
        for (int i = log.size() - 1; i >= 0; i--) {
            StateRecord record = log.get(i);
            if (later.add(record.key()) || random.nextBoolean()) {
                kept.add(0, record);
            }
        }
        return kept;
    }

    private static StateFold.Folded fold(List<StateRecord> records) {
        StateFold fold = new StateFold("t.state", Long.MAX_VALUE);
        for (int i = 0; i < records.size(); i++) {
            fold.accept(records.get(i).key(), records.get(i).value(), i, java.time.Instant.EPOCH);
        }
        return fold.end();
    }

    @Test
    void aChainThatGoesOnAfterReadingFitsTheOneBefore() {
        Samples samples = new Samples(21);
        StateChain first = StateChain.empty();
        write(first, samples.core(), Stream.generate(samples::entry).limit(30).toList());
        StateChain second = fold(log).chain();
        assertThat(second.incarnation()).isEqualTo(2);
        write(second, samples.core(), Stream.generate(samples::entry).limit(30).toList());
        assertThat(fold(log).state().orElseThrow().head().sequence()).isEqualTo(2);
        assertThat(fold(log).state().orElseThrow().entries()).hasSize(expected.size());
    }

    @Test
    void aNewGenerationForgetsEveryEntryAndGoesOnCounting() {
        Samples samples = new Samples(22);
        StateChain chain = StateChain.empty();
        write(chain, samples.core(), Stream.generate(samples::entry).limit(30).toList());
        chain.restart(expected.keySet(), samples.core(), Samples.ANCHOR, log::add);
        RestoredState state = fold(log).state().orElseThrow();
        assertThat(state.entries()).isEmpty();
        assertThat(state.head().sequence()).isEqualTo(2);
    }

    @Test
    void aTamperedEntryIsRefused() {
        refused("is not whole", record -> record.key().startsWith("row|"), Optional.of("{}"));
    }

    @Test
    void aLostEntryIsRefused() {
        refused("is not whole", record -> record.key().startsWith("tally|"), Optional.empty());
    }

    private void refused(String why, java.util.function.Predicate<StateRecord> which, Optional<String> replacement) {
        Samples samples = new Samples(23);
        List<StateEntry> present = Stream.generate(samples::entry)
                .filter(entry -> EntryCodec.record(entry).value().isPresent())
                .limit(30)
                .toList();
        write(StateChain.empty(), samples.core(), present);
        StateRecord victim = log.stream().filter(which).findFirst().orElseThrow();
        Optional<byte[]> value = replacement.map(text -> text.getBytes(StandardCharsets.UTF_8));
        List<StateRecord> changed = new ArrayList<>(log);
        changed.add(log.size() - 1, new StateRecord(victim.key(), value));
        assertThatThrownBy(() -> fold(changed).state())
                .isInstanceOf(StateCorruptException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("t.state");
    }

    @Test
    void aHeadOfAnotherChainIsRefused() {
        Samples samples = new Samples(24);
        StateChain ours = StateChain.empty();
        StateChain theirs = StateChain.empty();
        write(ours, samples.core(), List.of());
        theirs.next(samples.core(), List.of(), Samples.ANCHOR, List.of(), forgotten -> {});
        theirs.next(samples.core(), List.of(), Samples.ANCHOR, List.of(), log::add);
        assertThatThrownBy(() -> fold(log))
                .isInstanceOf(StateCorruptException.class)
                .hasMessageContaining("checkpoint 2 was not written after the checkpoint before it");
    }

    @Test
    void aSequenceThatGoesBackIsRefused() {
        Samples samples = new Samples(25);
        StateChain chain = StateChain.empty();
        write(chain, samples.core(), List.of());
        write(chain, samples.core(), List.of());
        log.add(log.get(0));
        assertThatThrownBy(() -> fold(log))
                .isInstanceOf(StateCorruptException.class)
                .hasMessageContaining("checkpoint 1 follows checkpoint 2");
    }

    @Test
    void aTopicWithoutItsHeadIsRefusedAndAnEmptyOneIsEmpty() {
        Samples samples = new Samples(26);
        write(
                StateChain.empty(),
                samples.core(),
                Stream.generate(samples::entry).limit(30).toList());
        assertThatThrownBy(() -> fold(log.subList(0, log.size() - 1)).state())
                .isInstanceOf(StateCorruptException.class)
                .hasMessageContaining("no head");
        assertThat(fold(List.of()).state()).isEmpty();
    }

    /** As the cleaner does, a truncation may take what a later record replaces: it counted for nothing. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {26, 29, 30, 31})
    void aTopicTruncatedAtItsStartIsRefusedOnceALiveEntryIsGone(long seed) {
        Samples samples = new Samples(seed);
        write(
                StateChain.empty(),
                samples.core(),
                Stream.generate(samples::entry).limit(30).toList());
        RestoredState whole = fold(log).state().orElseThrow();
        int firstLive =
                IntStream.range(0, log.size()).filter(this::isLive).findFirst().orElseThrow();
        for (int taken = 1; taken < log.size(); taken++) {
            List<StateRecord> kept = log.subList(taken, log.size());
            if (taken <= firstLive) {
                RestoredState read = fold(kept).state().orElseThrow();
                assertThat(read.head()).isEqualTo(whole.head());
                assertThat(comparable(read.entries())).isEqualTo(comparable(whole.entries()));
            } else {
                assertThatThrownBy(() -> fold(kept).state())
                        .as("without the first %d records", taken)
                        .isInstanceOf(StateCorruptException.class)
                        .hasMessageContaining("is not whole");
            }
        }
    }

    /** True for the last record of an entry that was not forgotten. */
    private boolean isLive(int record) {
        String key = log.get(record).key();
        return expected.containsKey(key)
                && log.subList(record + 1, log.size()).stream()
                        .noneMatch(later -> later.key().equals(key));
    }

    @Test
    void anotherVersionAndABrokenHeadAreRefused() {
        assertThatThrownBy(() -> fold(List.of(head("{\"schema\": 9}"))))
                .isInstanceOf(StateCorruptException.class)
                .hasMessageContaining("has version 9");
        assertThatThrownBy(() -> fold(List.of(head("{\"schema\": 1}"))))
                .isInstanceOf(StateCorruptException.class)
                .hasMessageContaining("member \"sequence\" is missing");
        assertThatThrownBy(() -> fold(List.of(new StateRecord(StateChain.HEAD_KEY, Optional.empty()))))
                .isInstanceOf(StateCorruptException.class);
    }

    @Test
    void ofAHeadThatAnotherReplacedOnlyItsPlaceInTheChainIsRead() {
        StateRecord torn = head("{\"schema\": 1, \"sequence\": -5, \"previous\": null, \"core\": {");
        assertThatThrownBy(() -> fold(List.of(torn)))
                .isInstanceOf(StateCorruptException.class)
                .hasMessageContaining("cannot be read");
        Samples samples = new Samples(28);
        write(StateChain.empty(), samples.core(), List.of());

        List<StateRecord> replaced = new ArrayList<>(List.of(torn));
        replaced.addAll(log);
        assertThat(fold(replaced).state()).isEqualTo(fold(log).state());
    }

    private static StateRecord head(String json) {
        return new StateRecord(StateChain.HEAD_KEY, Optional.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theTombstoneOfAnEntryThatWasNeverWrittenIsNotWritten() {
        Samples samples = new Samples(27);
        StateEntry gone = new StateEntry.Row(samples.promotion(), samples.key(), Optional.empty());
        StateChain.empty().next(samples.core(), List.of(gone), Samples.ANCHOR, List.of(), log::add);
        assertThat(log).hasSize(1);
    }
}
