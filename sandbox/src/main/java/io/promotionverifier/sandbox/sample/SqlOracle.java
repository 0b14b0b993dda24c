package io.promotionverifier.sandbox.sample;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.MismatchKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * PostgreSQL's own answer to which rows disagree, by its casts and {@code IS DISTINCT FROM}.
 *
 * <p>It is independent of the verifier on purpose: it shares no comparison code with it. It asks the cast itself
 * whether a value is castable, through a function in the session's temporary schema, so it leaves nothing behind. A
 * column that is NULL because its parent is gone is no disagreement.
 */
public final class SqlOracle {
    private static final String CASTABLE = """
            CREATE OR REPLACE FUNCTION pg_temp.castable(value text, type text) RETURNS boolean AS $$
            BEGIN
              EXECUTE format('SELECT CAST($1 AS %s)', type) USING value;
              RETURN true;
            EXCEPTION WHEN data_exception THEN
              RETURN false;
            END;
            $$ LANGUAGE plpgsql""";

    private SqlOracle() {}

    /** Every disagreement, over all promotions. */
    public static Set<InconsistentRow> inconsistentRows(Connection connection) throws SQLException {
        Set<InconsistentRow> rows = new LinkedHashSet<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute(CASTABLE);
            for (SamplePromotion promotion : SamplePromotion.values()) {
                try (ResultSet found = statement.executeQuery(query(promotion))) {
                    while (found.next()) {
                        rows.add(new InconsistentRow(
                                promotion,
                                new RowKey(found.getString("key")),
                                MismatchKind.valueOf(found.getString("kind"))));
                    }
                }
            }
        }
        return rows;
    }

    /** A CASE keeps the cast away from values that are not castable; a bare AND would not promise that. */
    private static String query(SamplePromotion promotion) {
        return """
                SELECT * FROM (
                  SELECT jsonb_build_object('id', id)::text AS key, CASE
                    WHEN document IS NULL AND held IS NULL THEN NULL
                    WHEN document IS NULL THEN 'DOCUMENT_MISSING'
                    WHEN NOT castable THEN 'UNCASTABLE'
                    WHEN NOT (%1$s) THEN 'OUT_OF_DOMAIN'
                    WHEN held IS NULL AND NOT (%2$s) THEN 'COLUMN_MISSING'
                    WHEN held IS NULL THEN NULL
                    WHEN CAST(document AS %3$s) IS DISTINCT FROM held THEN 'VALUE_DIFFERS'
                  END AS kind
                  FROM (SELECT id, %4$s AS document, %5$s AS held,
                               pg_temp.castable(%4$s, '%3$s') AS castable FROM %6$s) AS sides
                ) AS judged WHERE kind IS NOT NULL ORDER BY key""".formatted(
                        domain(promotion),
                        parentGone(promotion),
                        promotion.sqlType(),
                        promotion.documentText(),
                        promotion.to(),
                        promotion.table().tableName());
    }

    private static String domain(SamplePromotion promotion) {
        return promotion.allowed().isEmpty()
                ? "true"
                : "document IN ('" + String.join("', '", promotion.allowed()) + "')";
    }

    private static String parentGone(SamplePromotion promotion) {
        return promotion.hasParent()
                ? "NOT EXISTS (SELECT FROM roadmap_items AS parent WHERE parent.id = CAST(document AS uuid))"
                : "false";
    }
}
