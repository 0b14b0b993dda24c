package io.promotionverifier.postgres.oracle;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.promotion.SessionRules;
import io.promotionverifier.postgres.StandardPolicy;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.catalog.CatalogReader;
import io.promotionverifier.postgres.catalog.PromotionDescription;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import io.promotionverifier.postgres.decode.CapturedPromotion;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.KeyForm;
import io.promotionverifier.postgres.decode.KeyPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table with one promoted column {@code c}, a document {@code b} in jsonb and another {@code j} in json, and one
 * promotion for each path in each of them. {@link #ddl} holds the server's own judgement, as a function.
 *
 * @param name the table's name
 * @param type the type of {@code c}
 * @param paths what is promoted
 */
record OracleTable(String name, OracleType type, List<List<String>> paths) {
    private static final List<String> DOCUMENTS = List.of("b", "j");
    private static final String TYPED = "jsonb";

    /** Where each promotion reads, in the order of verdicts and readings. */
    List<DocumentPath> promotions() {
        List<DocumentPath> promotions = new ArrayList<>();
        paths.forEach(path -> DOCUMENTS.forEach(column -> promotions.add(new DocumentPath(column, path))));
        return promotions;
    }

    /** The statements that make the table and the functions that fill and judge it. */
    List<String> ddl() {
        return List.of(
                "CREATE TABLE " + name + " (id bigint PRIMARY KEY, c " + type.sqlType() + ", b jsonb, j json)",
                "CREATE FUNCTION castable_" + name + "(texts text[]) RETURNS " + type.sqlType() + firstCastable(),
                judge("json"),
                judge(TYPED));
    }

    /**
     * A value of the type from the first text that it accepts; NULL if it accepts none. PostgreSQL 14 rounds
     * {@code timestamptz(3)} beyond the last year that it can read again: such values are left out.
     */
    private String firstCastable() {
        String type = type().sqlType();
        return " LANGUAGE plpgsql AS $$ DECLARE t text; v " + type
                + "; BEGIN FOREACH t IN ARRAY texts LOOP BEGIN v := t::"
                + type + "; PERFORM v::text::" + type
                + "; RETURN v; EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; RETURN NULL; END $$";
    }

    private String judge(String document) {
        return "CREATE FUNCTION judge_" + name + "(d " + document + ", p text[], c " + type.sqlType() + ")"
                + " RETURNS text LANGUAGE plpgsql AS $$ DECLARE v text; form text; equal boolean; BEGIN\n"
                + type.absence() + "BEGIN v := " + type.value()
                + "; form := CASE WHEN d IS NULL THEN 'NULL_DOCUMENT' WHEN "
                + document + "_typeof(d #> p) = 'null' THEN 'JSON_NULL' ELSE 'MISSING_KEY' END;\n"
                + "EXCEPTION WHEN OTHERS THEN RETURN 'UNCASTABLE'; END;\n"
                + "IF v IS NULL THEN RETURN CASE WHEN c IS NULL THEN 'ABSENT ' ELSE 'DOCUMENT_MISSING ' END || form;"
                + " END IF;\n"
                + "BEGIN equal := " + type.equality(document)
                + "; EXCEPTION WHEN OTHERS THEN RETURN 'UNCASTABLE'; END;\n"
                + "RETURN CASE WHEN c IS NULL THEN 'COLUMN_MISSING' WHEN equal THEN 'MATCHED' ELSE 'VALUE_DIFFERS' END;"
                + " END $$";
    }

    /** Asks which of some texts the type accepts. */
    String accepted() {
        return "SELECT t FROM unnest(?::text[]) t WHERE castable_" + name + "(ARRAY[t]) IS NOT NULL";
    }

    /** Asks for the verdicts of the rows from an id on, one for each promotion. */
    String verdicts() {
        String each = promotions().stream()
                .map(from -> "judge_" + name + "(" + from.column() + ", " + array(from.keys()) + ", c)")
                .collect(Collectors.joining(", "));
        return "SELECT id, ARRAY[" + each + "] FROM " + name + " WHERE id >= ? ORDER BY id";
    }

    /** A path as an SQL array. */
    static String array(List<String> path) {
        return "ARRAY[" + path.stream().map(OracleTable::literal).collect(Collectors.joining(", ")) + "]::text[]";
    }

    /** A text as an SQL literal on one line. */
    static String literal(String text) {
        String quoted = text.replace("\\", "\\\\").replace("'", "''");
        StringBuilder out = new StringBuilder();
        quoted.codePoints().forEach(c -> {
            if (c < ' ' || c == '|' || c == 0x7f) {
                out.append(String.format("\\x%02x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return (out.indexOf("\\") >= 0 ? "E'" : "'") + out + "'";
    }

    private TableName tableName() {
        return new TableName("public", name);
    }

    /** The type as the product's catalog reads it. */
    ColumnType resolved(Session session) {
        RequestedPromotion asked = new RequestedPromotion(
                new PromotionId("P"),
                tableName(),
                new DocumentPath("b", List.of("v")),
                "c",
                Optional.empty(),
                Optional.empty());
        PromotionDescription description =
                new CatalogReader(session).describe(List.of(asked)).get(0);
        if (description instanceof PromotionDescription.Resolved resolved) {
            return resolved.type();
        }
        throw new IllegalStateException(description.toString());
    }

    /** What the engine is to capture. */
    CapturedTable captured(Session session) {
        ColumnType resolved = resolved(session);
        return new CapturedTable(
                tableName(),
                List.of(new KeyPart("id", KeyForm.NUMBER)),
                promotions().stream()
                        .map(from -> new CapturedPromotion(from, "c", resolved))
                        .toList());
    }

    /** The comparator under test. */
    Comparator comparator(Session session, int major) {
        Promotion.Policy policy = StandardPolicy.of(new SessionRules(major, type.zone()));
        Promotion promotion = new Promotion(
                new PromotionId("P"),
                tableName(),
                new DocumentPath("b", List.of("v")),
                "c",
                resolved(session),
                Phase.B,
                Optional.empty(),
                "",
                Promotion.Domain.ALL,
                Optional.empty(),
                List.of(),
                policy);
        return new Comparator(promotion, ValueSeal.PLAIN);
    }
}
