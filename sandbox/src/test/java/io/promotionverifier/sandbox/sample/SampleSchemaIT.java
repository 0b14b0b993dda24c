package io.promotionverifier.sandbox.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.MismatchKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The sample on a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SampleSchemaIT {
    private SampleDatabase database;

    @BeforeAll
    void start() throws SQLException {
        database = SampleDatabase.start();
    }

    @AfterAll
    void stop() {
        database.close();
    }

    private Set<InconsistentRow> inconsistentRows() throws SQLException {
        try (Connection connection = database.connect()) {
            return SqlOracle.inconsistentRows(connection);
        }
    }

    @Test
    void everyRowOfTheSampleAgreesAndThereAreMoreThanFiveThousand() throws SQLException {
        assertThat(inconsistentRows()).isEmpty();
        long rows = 0;
        for (SampleTable table : SampleTable.values()) {
            rows += Long.parseLong(database.one("SELECT count(*) FROM " + table.tableName()));
        }
        assertThat(rows).isEqualTo(9_000);
    }

    @Test
    void everyPromotionHasRowsWithAValueAndRowsWithout() throws SQLException {
        for (SamplePromotion promotion : SamplePromotion.values()) {
            String both = "SELECT count(*) FILTER (WHERE " + promotion.to() + " IS NOT NULL AND "
                    + promotion.documentText() + " IS NOT NULL) >= 400 AND count(*) FILTER (WHERE " + promotion.to()
                    + " IS NULL AND " + promotion.documentText() + " IS NULL) >= 20 FROM "
                    + promotion.table().tableName();
            assertThat(database.one(both)).as(promotion.id().value()).isEqualTo("t");
        }
        String forms = "SELECT count(*) FILTER (WHERE metadata IS NULL) > 0 AND count(*) FILTER (WHERE NOT metadata ? "
                + "'priority') > 0 AND count(*) FILTER (WHERE metadata -> 'priority' = 'null') > 0 FROM nexus_cases";
        assertThat(database.one(forms)).isEqualTo("t");
        String outOfLine = "SELECT count(*) > 50 FROM nexus_cases WHERE pg_column_size(metadata) > 3000";
        assertThat(database.one(outOfLine)).isEqualTo("t");
    }

    @Test
    void theChecksRefuseValuesOutsideTheirDomain() throws SQLException {
        assertThatThrownBy(() -> database.run("UPDATE context_events SET source_type = 'garbage'"))
                .hasMessageContaining("check_source_type");
        assertThatThrownBy(() -> database.run("UPDATE nexus_cases SET priority = 'critical'"))
                .hasMessageContaining("nexus_cases_priority_check");
        database.run("UPDATE context_events SET source_type = source_type");
    }

    @Test
    void theNamesOfTheSeedsAreThere() throws SQLException {
        String indexes = "SELECT string_agg(indexname, ' ' ORDER BY indexname) FROM pg_indexes WHERE tablename = "
                + "'context_events'";
        assertThat(database.one(indexes))
                .contains(
                        "idx_context_events_source_itinerary_item",
                        "idx_context_events_source_roadmap_item",
                        "idx_context_events_source_type");
        assertThat(database.one("SELECT indexdef FROM pg_indexes WHERE indexname = 'idx_context_events_source_type'"))
                .contains("WHERE (source_type IS NOT NULL)");
        assertThat(database.one("SELECT indexdef FROM pg_indexes WHERE indexname = 'idx_nexus_cases_priority'"))
                .contains("(priority)");
        assertThat(database.one("SELECT indexdef FROM pg_indexes WHERE indexname = 'idx_nexus_tenants_feature_flags'"))
                .contains("gin");
        String definition = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = "
                + "'fk_context_events_source_roadmap_item'";
        assertThat(database.one(definition)).contains("roadmap_items(id) ON DELETE SET NULL");
        String identity = "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relreplident = 'f'";
        assertThat(database.one(identity)).isEqualTo("context_events nexus_cases nexus_users workflow_history");
    }

    @Test
    void deletingARoadmapItemClearsTheColumnKeepsTheDocumentAndIsNoDisagreement() throws SQLException {
        String event = database.one("SELECT id FROM context_events WHERE source_roadmap_item_id IS NOT NULL LIMIT 1");
        database.run(
                "DELETE FROM roadmap_items WHERE id = (SELECT source_roadmap_item_id FROM context_events WHERE id = '"
                        + event + "')");
        assertThat(database.one("SELECT source_roadmap_item_id IS NULL AND metadata ? 'roadmap_item_id' FROM "
                        + "context_events WHERE id = '" + event + "'"))
                .isEqualTo("t");
        assertThat(inconsistentRows()).isEmpty();
    }

    @Test
    void theOracleSeesEachKindOfDisagreement() throws SQLException {
        database.run("UPDATE nexus_cases SET metadata = '{\"priority\": \"low\"}', priority = 'high' WHERE id = 1");
        database.run("UPDATE nexus_cases SET metadata = '{\"priority\": \"low\"}', priority = NULL WHERE id = 2");
        database.run("UPDATE nexus_cases SET metadata = '{\"priority\": null}', priority = 'low' WHERE id = 3");
        database.run("UPDATE nexus_cases SET metadata = '{\"priority\": \"huge\"}', priority = 'low' WHERE id = 4");
        database.run(
                "UPDATE workflow_history SET metrics = '{\"retry_count\": \"x\"}', retry_count = 1, content_type = "
                        + "NULL, finished_at = NULL, cache_hit = NULL, tokens_saved = NULL WHERE id = 5");
        assertThat(inconsistentRows())
                .containsExactlyInAnyOrder(
                        row(SamplePromotion.PROMO_001, 1, MismatchKind.VALUE_DIFFERS),
                        row(SamplePromotion.PROMO_001, 2, MismatchKind.COLUMN_MISSING),
                        row(SamplePromotion.PROMO_001, 3, MismatchKind.DOCUMENT_MISSING),
                        row(SamplePromotion.PROMO_001, 4, MismatchKind.OUT_OF_DOMAIN),
                        row(SamplePromotion.WF_RETRIES, 5, MismatchKind.UNCASTABLE));
        database.run("UPDATE nexus_cases SET metadata = NULL, priority = NULL WHERE id <= 4");
        database.run("UPDATE workflow_history SET metrics = '{}', retry_count = NULL WHERE id = 5");
        assertThat(inconsistentRows()).isEmpty();
    }

    private static InconsistentRow row(SamplePromotion promotion, int id, MismatchKind kind) {
        return new InconsistentRow(promotion, new RowKey("{\"id\": " + id + "}"), kind);
    }
}
