package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody changes the application's tables and the publication while the verifier runs. One installation suffers all
 * damages at once, each on a table of its own.
 */
class DriftIT {
    private static final String HEALTHY = "PROMO-001";
    private static final List<String> TABLES =
            List.of("dropped", "retyped", "renamed", "replaced", "unpublished", "filtered", "listed", "identity");

    /** By promotion: what is done to its table, and what its reason must then say. */
    private static final Map<String, String> REASONS = new LinkedHashMap<>(Map.of(
            "dropped", "priority",
            "retyped", "is numeric(10,4), it was numeric(10,2)",
            "renamed", "column",
            "replaced", "is not in publication",
            "unpublished", "is not in publication",
            "filtered", "WHERE clause",
            "listed", "column list",
            "identity", "replica identity"));

    @TempDir
    private Path folder = Path.of(".");

    private static void makeTables(Source source) {
        for (String table : TABLES) {
            String type = table.equals("retyped") ? "numeric(10,2)" : "text";
            source.run("CREATE TABLE " + table + " (id bigint PRIMARY KEY, metadata jsonb, priority " + type
                    + ", note text)");
        }
        source.run("ALTER TABLE identity REPLICA IDENTITY FULL");
        source.run(
                "CREATE TABLE parted (id bigint PRIMARY KEY, metadata jsonb, priority text) PARTITION BY RANGE (id)");
        source.run("CREATE TABLE part0 PARTITION OF parted FOR VALUES FROM (0) TO (10)");
    }

    private static void damage(Source source, String publication) {
        source.run(
                "ALTER TABLE dropped DROP COLUMN priority",
                "ALTER TABLE retyped ALTER COLUMN priority TYPE numeric(10,4)",
                "ALTER TABLE renamed RENAME COLUMN metadata TO meta",
                "ALTER TABLE replaced RENAME TO replaced_old",
                "CREATE TABLE replaced (id bigint PRIMARY KEY, metadata jsonb, priority text, note text)",
                "ALTER PUBLICATION " + publication + " DROP TABLE unpublished",
                "ALTER PUBLICATION " + publication + " DROP TABLE filtered",
                "ALTER PUBLICATION " + publication + " ADD TABLE filtered WHERE (id > 5)",
                "ALTER PUBLICATION " + publication + " DROP TABLE listed",
                "ALTER PUBLICATION " + publication + " ADD TABLE listed (id, metadata)",
                "ALTER TABLE identity REPLICA IDENTITY DEFAULT",
                "ALTER TABLE nexus_cases ADD COLUMN harmless text",
                "CREATE TABLE part1 (LIKE parted)",
                "INSERT INTO part1 VALUES (11, '{\"priority\": \"low\"}', 'high')",
                "ALTER TABLE part1 ALTER COLUMN id SET NOT NULL, ADD PRIMARY KEY (id)",
                "ALTER TABLE parted ATTACH PARTITION part1 FOR VALUES FROM (10) TO (20)");
    }

    private static void mend(Source source, String publication) {
        source.run(
                "ALTER TABLE dropped ADD COLUMN priority text",
                "ALTER TABLE retyped ALTER COLUMN priority TYPE numeric(10,2)",
                "ALTER TABLE renamed RENAME COLUMN meta TO metadata",
                "DROP TABLE replaced",
                "ALTER TABLE replaced_old RENAME TO replaced",
                "ALTER PUBLICATION " + publication + " ADD TABLE unpublished",
                "ALTER PUBLICATION " + publication + " DROP TABLE filtered",
                "ALTER PUBLICATION " + publication + " ADD TABLE filtered",
                "ALTER PUBLICATION " + publication + " DROP TABLE listed",
                "ALTER PUBLICATION " + publication + " ADD TABLE listed",
                "ALTER TABLE identity REPLICA IDENTITY FULL");
    }

    @Test
    void everyDriftBlindsItsPromotionAloneAndIsAGapForEver() {
        try (Installation verifier = new Installation(folder)) {
            Statuses statuses = new Statuses(verifier);
            DaemonProcess daemon = start(verifier, statuses);
            damage(verifier.source(), verifier.source().name());
            eachIsBlindForItsOwnReason(statuses);
            nothingThatComesIsCalledAMismatch(verifier, statuses);
            mend(verifier.source(), verifier.source().name());
            eachSeesAgainAndKeepsItsGap(verifier, statuses);
            anEventAndALogLineTellEach(verifier, daemon);
            whatIsMendedWhileNobodyWatchesIsAGapAtStart(verifier, statuses, daemon);
            verifier.replaysTheSame();
        }
    }

    private static DaemonProcess start(Installation verifier, Statuses statuses) {
        makeTables(verifier.source());
        StringBuilder promotions = new StringBuilder();
        TABLES.forEach(table -> promotions.append(Installation.promotion(table)));
        verifier.edit("  - id: PROMO-001", promotions + Installation.promotion("parted") + "  - id: PROMO-001");
        Installation.Ended setup = verifier.run("setup");
        assertThat(setup.exitCode()).as(setup.err()).isZero();
        DaemonProcess daemon = verifier.startDaemon();
        verifier.source()
                .run("INSERT INTO retyped (id, metadata, priority) VALUES (1, '{\"priority\": \"1.25\"}', 1.25)");
        statuses.await("the first row", seen -> Statuses.changes(Statuses.of(seen, "retyped")) == 1);
        return daemon;
    }

    private static void eachIsBlindForItsOwnReason(Statuses statuses) {
        Map<String, JsonNode> blind = statuses.await(
                "every drift",
                seen -> TABLES.stream().noneMatch(table -> open(seen, table).isEmpty())
                        && Statuses.of(seen, "parted").path("gaps").size() == 1);
        REASONS.forEach((table, reason) ->
                assertThat(Statuses.reason(Statuses.of(blind, table))).contains(reason));
        assertThat(blind.values()).filteredOn(Statuses::isBlind).hasSize(TABLES.size() + 1);
        assertThat(Statuses.of(blind, HEALTHY).path("gaps")).isEmpty();
        assertThat(Statuses.reason(Statuses.of(blind, "parted"))).contains("attached partitions", "census");
    }

    private static List<JsonNode> open(Map<String, JsonNode> statuses, String table) {
        return Statuses.openGaps(Statuses.of(statuses, table));
    }

    private static void nothingThatComesIsCalledAMismatch(Installation verifier, Statuses statuses) {
        verifier.source()
                .run(
                        "INSERT INTO retyped (id, metadata, priority) VALUES (2, '{\"priority\": \"1.2345\"}', 9.9)",
                        "INSERT INTO dropped (id, metadata) VALUES (2, '{\"priority\": \"low\"}')",
                        "INSERT INTO replaced (id, metadata, priority) VALUES (2, '{\"priority\": \"low\"}', 'high')");
        verifier.source().setColumn(1, "high");
        Map<String, JsonNode> during = statuses.await(
                "the rows",
                seen -> Statuses.changes(Statuses.of(seen, HEALTHY)) == 1
                        && Statuses.changes(Statuses.of(seen, "dropped")) == 1
                        && Statuses.changes(Statuses.of(seen, "retyped")) == 2);
        assertThat(mismatched(during, HEALTHY)).isEqualTo(1);
        for (String table : List.of("retyped", "dropped", "replaced")) {
            assertThat(mismatched(during, table)).as(table).isZero();
        }
        assertThat(Statuses.of(during, "dropped").at("/counts/unverifiable").asInt())
                .isEqualTo(1);
    }

    private static int mismatched(Map<String, JsonNode> statuses, String table) {
        return Statuses.of(statuses, table).at("/counts/mismatched").asInt();
    }

    private static void eachSeesAgainAndKeepsItsGap(Installation verifier, Statuses statuses) {
        Map<String, JsonNode> mended = statuses.await(
                "every gap's end",
                seen -> TABLES.stream().allMatch(table -> open(seen, table).isEmpty()));
        for (String table : TABLES) {
            assertThat(Statuses.of(mended, table).path("gaps")).as(table).isNotEmpty();
        }
        assertThat(Statuses.of(mended, HEALTHY).path("gaps")).isEmpty();
        verifier.source().run("INSERT INTO retyped (id, metadata, priority) VALUES (3, '{\"priority\": \"1.25\"}', 7)");
        statuses.await("judged again", seen -> mismatched(seen, "retyped") == 1);
    }

    private static void whatIsMendedWhileNobodyWatchesIsAGapAtStart(
            Installation verifier, Statuses statuses, DaemonProcess daemon) {
        Source source = verifier.source();
        source.run("ALTER PUBLICATION " + source.name() + " SET (publish = 'insert, delete')");
        statuses.await(
                "all are blind",
                seen -> seen.values().stream()
                        .allMatch(status -> Statuses.reason(status).contains("does not publish update, truncate")));
        daemon.terminate();
        daemon.exitCode(Duration.ofSeconds(30));
        source.run("ALTER PUBLICATION " + source.name() + " SET (publish = 'insert, update, delete, truncate')");
        verifier.startDaemon();
        statuses.await(
                "seen at once at start",
                seen -> seen.values().stream()
                        .allMatch(status -> Statuses.openGaps(status).isEmpty() && Statuses.isBlind(status)));
        assertThat(Statuses.of(verifier.statuses(), HEALTHY).path("gaps")).hasSize(1);
    }

    private static void anEventAndALogLineTellEach(Installation verifier, DaemonProcess daemon) {
        List<Topics.Event> events = verifier.topics().history().stream()
                .filter(event -> event.type().equals("verifier.coverage.v1"))
                .toList();
        assertThat(events).extracting(Topics.Event::id).doesNotHaveDuplicates();
        for (String table : TABLES) {
            assertThat(events).as(table).anyMatch(event -> names(event.value().path("opened"), table));
            assertThat(events).as(table).anyMatch(event -> names(event.value().path("ended"), table));
            assertThat(daemon.err().lines().filter(line -> line.contains("BLIND: " + table + " since")))
                    .as(table)
                    .hasSizeBetween(1, 2);
        }
    }

    private static boolean names(JsonNode gaps, String promotion) {
        for (JsonNode gap : gaps) {
            for (JsonNode concerned : gap.path("promotions")) {
                if (concerned.asText().equals(promotion)) {
                    return true;
                }
            }
        }
        return false;
    }
}
