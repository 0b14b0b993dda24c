package io.promotionverifier.core.pipeline;

import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.census.CensusAgenda;
import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.fixture.CensusSource;
import io.promotionverifier.core.fixture.CensusSource.Version;
import io.promotionverifier.core.fixture.Ledger;
import io.promotionverifier.core.fixture.Mirror;
import io.promotionverifier.core.fixture.Readings;
import io.promotionverifier.core.fixture.ScriptedSource;
import io.promotionverifier.core.fixture.Seeds;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingOrigin;
import io.promotionverifier.core.stream.ResumePoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random races of writers, commits that are in the log before they are visible, a stream that lags, a census, chunks
 * that are read before their turn, rows that lie elsewhere once they were written, tables that are written anew, and
 * restarts: no finding is opened or kept wrongly, and census and stream never seem to disagree.
 */
class CensusRaceLawsTest {
    private static final int SEEDS = 500;
    private static final int KEYS = 8;
    private static final int STEPS = 120;
    private static final List<String> VALUES = List.of("a", "a", "b", Readings.NONE);
    private static final Promotion PROMOTION =
            promotion("PROMO-001").graceSeconds(3).strict(0.99, 1_000_000).build();

    /** A chunk as it was read for a task. */
    private record Done(CensusAgenda.Task task, CensusChunk chunk) {}

    /** One race. */
    private static final class Race {
        private final Random random;
        private final CensusSource database;
        private final Map<RowKey, Boolean> agrees = new HashMap<>();
        private final Set<Long> running = new TreeSet<>();
        private final Ledger ledger = new Ledger();
        private final Mirror mirror = new Mirror();
        private VerifierCore core;
        private double second = 1;
        private int shown;
        private Optional<Done> told = Optional.empty();
        private Optional<Done> ahead = Optional.empty();
        private int censuses;
        private long suspectsOpened;

        Race(long seed) {
            random = new Random(seed * 0x9E3779B97F4A7C15L);
            // Some races cross the end of an epoch of 32-bit ids.
            database = new CensusSource((1L << 32) + random.nextInt(2_000) - 60);
            for (long key = 1; key <= KEYS / 2; key++) {
                String column = value();
                String document = value();
                database.old(key, column, document);
                agrees.put(Readings.key(key), column.equals(document));
            }
            core = core(CoreState.initial(1, ResumePoint.startingAt(Lsn.ZERO), 0));
        }

        private VerifierCore core(CoreState state) {
            return mirror.runs(
                    new VerifierCore(List.of(PROMOTION), id -> ValueSeal.PLAIN, state, ledger.entries(), Lsn.ZERO));
        }

        private String value() {
            return VALUES.get(random.nextInt(VALUES.size()));
        }

        private boolean oneIn(int count) {
            return random.nextInt(count) == 0;
        }

        void step() {
            second += random.nextInt(3);
            switch (random.nextInt(9)) {
                case 0 -> running.add(database.begin());
                case 1, 2 -> commit();
                case 3, 4 -> reveal();
                case 5 -> database.stream().heartbeat(second);
                case 6 -> census();
                case 7 -> restartSometimes();
                default -> follow(1 + random.nextInt(6));
            }
        }

        private void commit() {
            long transaction = running.isEmpty() || oneIn(3) ? database.begin() : pick(running);
            running.remove(transaction);
            Map<Long, Optional<Version>> changes = new HashMap<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                long key = 1L + random.nextInt(KEYS);
                if (!database.isLocked(key)) {
                    boolean delete = oneIn(5) && database.table().containsKey(key);
                    changes.put(
                            key, delete ? Optional.empty() : Optional.of(new Version(value(), value(), transaction)));
                }
            }
            if (changes.isEmpty()) {
                database.rollBack(transaction);
            } else {
                database.commit(transaction, second, changes);
            }
        }

        private long pick(Set<Long> from) {
            return List.copyOf(from).get(random.nextInt(from.size()));
        }

        private void reveal() {
            List<Long> invisible = database.invisible();
            if (!invisible.isEmpty()) {
                database.reveal(invisible.get(random.nextInt(invisible.size())));
            }
        }

        private void census() {
            CensusAgenda agenda = core.census();
            if (agenda.running().isPresent() && oneIn(40)) {
                database.rewrite();
                begin();
            } else if (agenda.task().isPresent()) {
                CensusAgenda.Task task = agenda.task().get();
                told = Optional.of(
                        ahead.filter(done -> done.task().equals(task)).orElseGet(() -> read(task)));
                ahead = Optional.empty();
                tell(new Input.CensusRead(told.get().chunk()));
            } else if (agenda.running().isPresent() && ahead.isEmpty()) {
                ahead = told.flatMap(done -> done.task().behind(done.chunk())).map(this::read);
            } else if (agenda.running().isEmpty() && (oneIn(3) || !agenda.due().isEmpty())) {
                begin();
            }
        }

        private void begin() {
            told = Optional.empty();
            ahead = Optional.empty();
            tell(database.begun());
        }

        private Done read(CensusAgenda.Task task) {
            return new Done(task, database.read(task, 1 + random.nextInt(4)));
        }

        private void restartSometimes() {
            if (oneIn(4)) {
                core = core(ledger.keep(core.checkpoint()).state());
                shown = 0;
                told = Optional.empty();
                ahead = Optional.empty();
            } else {
                ledger.keep(core.checkpoint());
            }
        }

        private void follow(int most) {
            List<ScriptedSource.Shown> all = database.stream().shown();
            for (int i = 0; i < most && shown < all.size(); i++) {
                tell(new Input.Arrived(
                        ScriptedSource.seenFrom(Lsn.ZERO, all.get(shown++).arrival())));
            }
        }

        private void tell(Input input) {
            mirror.reflect(core.step(input)).forEach(this::hold);
        }

        /** What the core tells is held against the rows as the stream has shown them so far. */
        private void hold(Effect effect) {
            if (effect instanceof Effect.ChangeRecorded recorded) {
                fold(recorded.change());
            } else if (effect instanceof Effect.FindingTurned turned
                    && turned.turn().openedNow()) {
                Finding finding = turned.turn().finding();
                if (finding.origin() == FindingOrigin.CENSUS) {
                    suspectsOpened++;
                    assertThat(agrees.get(finding.key()))
                            .as("the census opened %s", finding.key())
                            .isEqualTo(false);
                }
            } else if (effect instanceof Effect.CensusEnded ended) {
                censuses++;
                assertThat(ended.result().found().disagreement().first()).isEmpty();
            }
        }

        private void fold(RowChange change) {
            RowKey key = change.event().key().orElseThrow();
            if (change.event().operation() == Operation.DELETE) {
                agrees.remove(key);
            } else {
                Reading reading = change.event().readings().get(0);
                agrees.put(
                        key,
                        reading.equals(Readings.reading("a", "a"))
                                || reading.equals(Readings.reading("b", "b"))
                                || reading.equals(Readings.reading(Readings.NONE, Readings.NONE)));
            }
        }

        /** All is committed, visible and shown; a census that begins now ends. */
        void calm() {
            running.forEach(database::rollBack);
            database.invisible().forEach(database::reveal);
            boolean again = true;
            for (int i = 0; i < 60 && (again || core.census().running().isPresent()); i++) {
                second += 10;
                if (core.census().running().isEmpty()) {
                    tell(database.begun());
                    again = false;
                }
                core.census().task().ifPresent(task -> tell(new Input.CensusRead(database.read(task, 3))));
                database.stream().heartbeat(second);
                follow(Integer.MAX_VALUE);
            }
            second += 10;
            database.stream().heartbeat(second);
            follow(Integer.MAX_VALUE);
            assertThat(core.census().running()).isEmpty();
        }

        Set<RowKey> openFindings() {
            ledger.keep(core.checkpoint());
            Set<RowKey> open = new TreeSet<>();
            for (StateEntry entry : ledger.entries()) {
                if (entry instanceof StateEntry.Row row
                        && row.row().flatMap(known -> known.finding()).isPresent()) {
                    open.add(row.key());
                }
            }
            return open;
        }

        Set<RowKey> mismatched() {
            Set<RowKey> rows = new TreeSet<>();
            database.table().forEach((key, version) -> {
                if (!version.agrees()) {
                    rows.add(Readings.key(key));
                }
            });
            return rows;
        }
    }

    @Test
    void afterACensusTheOpenFindingsAreTheRowsThatDisagreeWhateverRacedWithIt() {
        long[] seen = new long[2];
        Seeds.each(SEEDS, seed -> {
            Race race = new Race(seed);
            for (int i = 0; i < STEPS; i++) {
                race.step();
            }
            race.calm();
            assertThat(race.openFindings()).isEqualTo(race.mismatched());
            assertThat(race.core.statuses().get(0).findings().suspected()).isZero();
            assertThat(race.core
                            .statuses()
                            .get(0)
                            .census()
                            .latest()
                            .orElseThrow()
                            .counts()
                            .rows())
                    .isEqualTo(race.database.table().size());
            seen[0] += race.censuses;
            seen[1] += race.suspectsOpened;
        });
        // The races are races only if censuses ended in them and found something.
        assertThat(seen[0]).isGreaterThan(2L * SEEDS);
        assertThat(seen[1]).isGreaterThan(SEEDS / 4L);
    }
}
