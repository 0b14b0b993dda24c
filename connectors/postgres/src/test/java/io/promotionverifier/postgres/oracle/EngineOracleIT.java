package io.promotionverifier.postgres.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.promotion.ColumnType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Law: completeness and soundness. Of every row that the engine reads, the comparator says what PostgreSQL itself says,
 * its errors included; what stays unverifiable does so for a documented reason.
 *
 * <p>{@code -Dverifier.seed} repeats a run, {@code -Dverifier.cases} sets the cases of all types and versions together.
 * A case is one promotion of one row.
 */
final class EngineOracleIT {
    private static final long SEED = Long.getLong("verifier.seed", new Random().nextLong());
    private static final long CASES = Long.getLong("verifier.cases", 20_000);
    private static final int ROWS_AT_ONCE = 250;
    private static final int TEXTS = 600;
    private static final double MOST_EXCUSED = 0.2;
    private static final Map<String, OracleDatabase> DATABASES = new TreeMap<>();

    static List<String> versions() {
        return OracleServers.versions();
    }

    @AfterAll
    static void stop() throws SQLException {
        for (OracleDatabase database : DATABASES.values()) {
            database.close();
        }
        DATABASES.clear();
    }

    private static OracleDatabase database(String version) throws SQLException {
        OracleDatabase known = DATABASES.get(version);
        if (known != null) {
            return known;
        }
        OracleDatabase started = new OracleDatabase(version, EngineOracleIT::tables);
        DATABASES.put(version, started);
        return started;
    }

    private static List<OracleTable> tables(int major) {
        List<OracleTable> tables = new ArrayList<>();
        Map<String, OracleType> types = new HashMap<>();
        for (OracleType type : OracleType.on(major)) {
            types.put(type.sqlType(), type);
            tables.add(new OracleTable("random_" + tables.size(), type, RandomRows.PATHS));
        }
        Map<String, List<KeptCase>> kept = KeptCase.all().stream()
                .collect(Collectors.groupingBy(KeptCase::type, TreeMap::new, Collectors.toList()));
        kept.forEach((name, cases) -> tables.add(new OracleTable(
                "kept_" + tables.size(),
                types.getOrDefault(name, new OracleType(name, Optional.of(java.time.ZoneOffset.UTC), Set.of())),
                cases.stream().map(KeptCase::path).distinct().toList())));
        return tables;
    }

    @ParameterizedTest
    @MethodSource("versions")
    void keptRowsAreJudgedAsTheServerJudgesThem(String version) throws SQLException, InterruptedException {
        OracleDatabase database = database(version);
        List<KeptCase> cases = KeptCase.all();
        List<OracleDatabase.Judged> judged = database.judge(cases);
        long first = judged.stream().mapToLong(OracleDatabase.Judged::id).min().orElseThrow();
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (OracleDatabase.Judged each : judged) {
            KeptCase kept = cases.get(Math.toIntExact(each.id() - first));
            if (kept.isAbout(each)) {
                asked++;
                kept.objection(each, database.major()).ifPresent(wrong::add);
            }
        }
        assertThat(asked).isEqualTo(cases.size());
        assertThat(cases).filteredOn(kept -> kept.told().isPresent()).hasSizeGreaterThan(100);
        assertThat(wrong).as("PostgreSQL %s", version).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void randomRowsAreJudgedAsTheServerJudgesThem(String version) throws SQLException, InterruptedException {
        System.out.println(
                "EngineOracleIT: PostgreSQL " + version + " -Dverifier.seed=" + SEED + " -Dverifier.cases=" + CASES);
        OracleDatabase database = database(version);
        List<OracleTable> tables = database.tables().stream()
                .filter(table -> table.name().startsWith("random_"))
                .toList();
        long rows = CASES / versions().size() / tables.size() / (2L * RandomRows.PATHS.size()) + 1;
        Random random = new Random(SEED);
        Tally tally = new Tally();
        for (long left = rows; left > 0; left -= ROWS_AT_ONCE) {
            Map<OracleTable, List<OracleRow>> written = new LinkedHashMap<>();
            for (OracleTable table : tables) {
                written.put(table, rows(database, table, random, (int) Math.min(left, ROWS_AT_ONCE)));
            }
            List<OracleDatabase.Judged> judged = database.judge(written);
            judged.forEach(tally::count);
            assertAgreement(database, version, judged);
            database.execute(
                    "TRUNCATE " + tables.stream().map(OracleTable::name).collect(Collectors.joining(", ")));
        }
        System.out.println(tally.report(version));
        tally.assertEverythingHappened();
    }

    private static List<OracleRow> rows(OracleDatabase database, OracleTable table, Random random, int count)
            throws SQLException {
        Texts texts = new Texts(random);
        Cases cases = new Cases(texts, new IsoTexts(random), new TemporalTexts(texts, random));
        List<String> pool = cases.of(database.resolved(table), TEXTS);
        RandomRows rows = new RandomRows(
                random, pool, database.accepted(table, pool), table.type(), elements(database, table, cases));
        List<OracleRow> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(rows.next());
        }
        return all;
    }

    /** What arrays of the table's type may hold; nothing if it is no array. */
    private static List<String> elements(OracleDatabase database, OracleTable table, Cases cases) throws SQLException {
        Optional<ColumnType> element = database.resolved(table).element();
        if (element.isEmpty()) {
            return List.of();
        }
        Map<String, String> written = new LinkedHashMap<>();
        cases.of(element.get(), TEXTS / 4).forEach(text -> written.put("{" + RandomRows.quoted(text) + "}", text));
        return database.accepted(table, List.copyOf(written.keySet())).stream()
                .map(literal -> Objects.requireNonNull(written.get(literal)))
                .toList();
    }

    private static void assertAgreement(OracleDatabase database, String version, List<OracleDatabase.Judged> judged)
            throws SQLException, InterruptedException {
        List<OracleDatabase.Judged> wrong = judged.stream()
                .filter(each -> !each.agrees() && !each.isExcused())
                .toList();
        List<String> kept = new ArrayList<>();
        for (OracleDatabase.Judged each : wrong.subList(0, Math.min(5, wrong.size()))) {
            kept.add(new Shrinker(database).shrink(each));
        }
        assertThat(kept)
                .as("%d of %d on PostgreSQL %s, seed %d", wrong.size(), judged.size(), version, SEED)
                .isEmpty();
    }

    /** How often each verdict was given for each type. */
    private static final class Tally {
        private final Map<String, Map<String, Long>> byType = new TreeMap<>();

        void count(OracleDatabase.Judged judged) {
            String word = judged.actual();
            byType.computeIfAbsent(judged.table().type().toString(), type -> new TreeMap<>())
                    .merge(word, 1L, Long::sum);
        }

        private long all() {
            return byType.values().stream()
                    .flatMap(counts -> counts.values().stream())
                    .mapToLong(Long::longValue)
                    .sum();
        }

        String report(String version) {
            StringBuilder text = new StringBuilder("EngineOracleIT: PostgreSQL " + version + ", " + all() + " cases");
            byType.forEach((type, counts) ->
                    text.append("\n  ").append(type).append(' ').append(counts));
            return text.toString();
        }

        /**
         * A run in which one verdict never came proves nothing of it; of one type a small run may miss the rare ones.
         */
        void assertEverythingHappened() {
            Map<String, Long> together = new TreeMap<>();
            byType.forEach((type, counts) -> {
                assertThat(counts).as(type).containsKey("MATCHED");
                counts.forEach((verdict, count) -> together.merge(verdict, count, Long::sum));
            });
            assertThat(together)
                    .containsKeys(
                            "ABSENT MISSING_KEY",
                            "ABSENT JSON_NULL",
                            "ABSENT NULL_DOCUMENT",
                            "DOCUMENT_MISSING JSON_NULL",
                            "DOCUMENT_MISSING MISSING_KEY",
                            "DOCUMENT_MISSING NULL_DOCUMENT",
                            "COLUMN_MISSING",
                            "VALUE_DIFFERS",
                            "UNCASTABLE");
            long excused = together.entrySet().stream()
                    .filter(count -> count.getKey().startsWith("UNVERIFIABLE"))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            assertThat((double) excused / all()).as("excused").isLessThan(MOST_EXCUSED);
        }
    }
}
