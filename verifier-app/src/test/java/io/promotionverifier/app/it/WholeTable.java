package io.promotionverifier.app.it;

import io.promotionverifier.app.it.WholePromotion.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * A table of the property test: its key, its promotions, and triggers that write down each row version with the
 * server's verdicts in the same transaction.
 *
 * @param schema its schema, as it is
 * @param name its name, as it is
 * @param key the columns of the primary key, in its order
 * @param promotions what is promoted
 * @param kind what is special
 */
record WholeTable(String schema, String name, List<KeyColumn> key, List<WholePromotion> promotions, Kind kind) {
    static final String AUDIT = """
            DROP TABLE nexus_cases;
            CREATE TABLE audit (
                seq bigserial PRIMARY KEY, tx bigint NOT NULL DEFAULT txid_current(), tbl text NOT NULL, op text NOT NULL,
                old_key jsonb, key jsonb, verdicts jsonb, lean jsonb,
                backfill boolean NOT NULL DEFAULT coalesce(current_setting('whole.backfill', true), '') = 'on',
                inside boolean NOT NULL DEFAULT coalesce(current_setting('whole.inside', true), '') = 'on');
            CREATE TABLE parents (id integer PRIMARY KEY);
            INSERT INTO parents SELECT generate_series(1, 9);
            """;

    /** A key column; the n-th row's value as text. */
    record KeyColumn(String name, String type, LongFunction<String> value) {}

    /** What is special about a table. */
    enum Kind {
        PLAIN,
        PARTITIONED,
        CHILD,
        LEAN,
        FULL,
        /** A trigger writes the column of every other row as the document says. */
        DUAL,
        /** A trigger updates the row that was inserted. */
        ECHO
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    String sql() {
        return quoted(schema) + "." + quoted(name);
    }

    boolean isSwollen() {
        return kind == Kind.LEAN || kind == Kind.FULL;
    }

    Set<Document> documents() {
        return promotions.stream().map(WholePromotion::document).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The promoted columns and their types. */
    Map<String, WholeType> columns() {
        Map<String, WholeType> columns = new LinkedHashMap<>();
        promotions.forEach(promotion -> columns.put(promotion.column(), promotion.type()));
        return columns;
    }

    String yaml() {
        return promotions.stream().map(promotion -> promotion.yaml(sql())).collect(Collectors.joining());
    }

    /** A row's key as findings name it. */
    String keyOf(String row) {
        return "jsonb_build_object("
                + key.stream()
                        .map(part -> literal(part.name()) + ", " + row + "." + quoted(part.name()))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /** Which row is the n-th: a row that changes its partition keeps the first part. */
    String where(long n) {
        return " WHERE "
                + key.stream()
                        .limit(kind == Kind.PARTITIONED ? 1 : key.size())
                        .map(part -> quoted(part.name()) + " = "
                                + literal(part.value().apply(n)))
                        .collect(Collectors.joining(" AND "));
    }

    /** What the server says of all rows now: their keys, and a verdict for each promotion, in order. */
    String verdicts() {
        return "SELECT " + keyOf("r") + "::text, ARRAY["
                + promotions.stream()
                        .map(promotion -> promotion.verdict("r", keyOf("r")))
                        .collect(Collectors.joining(", "))
                + "] FROM " + sql() + " r";
    }

    List<String> ddl() {
        List<String> ddl = new ArrayList<>();
        ddl.add("CREATE SCHEMA IF NOT EXISTS " + quoted(schema));
        List<String> columns = new ArrayList<>(List.of("note integer"));
        key.forEach(part -> columns.add(quoted(part.name()) + " " + part.type()));
        columns()
                .forEach((column, type) -> columns.add(quoted(column) + " " + type.sqlType()
                        + (kind == Kind.CHILD ? " REFERENCES parents ON DELETE SET NULL" : "")));
        documents().forEach(document -> columns.add(quoted(document.name()) + " " + document.type()));
        String primary = key.stream().map(part -> quoted(part.name())).collect(Collectors.joining(", "));
        ddl.add("CREATE TABLE " + sql() + " (" + String.join(", ", columns) + ", PRIMARY KEY (" + primary + "))"
                + (kind == Kind.PARTITIONED ? " PARTITION BY LIST (region)" : ""));
        promotions.forEach(promotion -> ddl.add(promotion.ddl()));
        special(ddl);
        audit(ddl);
        return ddl;
    }

    private void special(List<String> ddl) {
        switch (kind) {
            case PARTITIONED -> {
                for (int region = 0; region < 3; region++) {
                    ddl.add("CREATE TABLE part_" + region + " PARTITION OF " + sql() + " FOR VALUES IN (" + region
                            + ")");
                }
            }
            case FULL, LEAN -> {
                ddl.add("ALTER TABLE " + sql() + " ALTER d SET STORAGE EXTERNAL");
                ddl.add("ALTER TABLE " + sql() + " REPLICA IDENTITY " + (kind == Kind.FULL ? "FULL" : "DEFAULT"));
            }
            case DUAL -> {
                ddl.add("CREATE FUNCTION dual() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id % 2 = 0 THEN"
                        + " NEW.c := NEW.d->>'v'; END IF; RETURN NEW; END $$");
                ddl.add("CREATE TRIGGER dual BEFORE INSERT OR UPDATE ON " + sql()
                        + " FOR EACH ROW EXECUTE FUNCTION dual()");
            }
            case ECHO -> {
                ddl.add("CREATE FUNCTION echo() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE " + sql()
                        + " SET c = NEW.d->>'v' WHERE id = NEW.id AND id % 3 = 0; RETURN NULL; END $$");
                ddl.add("CREATE TRIGGER echo AFTER INSERT ON " + sql() + " FOR EACH ROW EXECUTE FUNCTION echo()");
            }
            default -> {}
        }
    }

    /** The audit's triggers go first, by their name. */
    private void audit(List<String> ddl) {
        String function = quoted("audit_" + name);
        String verdicts = promotions.stream()
                .map(promotion -> literal(promotion.id()) + ", " + promotion.verdict("NEW", keyOf("NEW")))
                .collect(Collectors.joining(", "));
        String lean = promotions.stream()
                .map(promotion -> quoted(promotion.document().name()))
                .map(document -> "OLD." + document + "::text IS NOT DISTINCT FROM NEW." + document + "::text"
                        + " AND length(NEW." + document + "::text) > 1500")
                .collect(Collectors.joining(", "));
        ddl.add("CREATE FUNCTION " + function + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n"
                + "IF TG_OP = 'TRUNCATE' THEN INSERT INTO audit (tbl, op) VALUES (" + literal(name) + ", 'truncate');\n"
                + "ELSIF TG_OP = 'DELETE' THEN INSERT INTO audit (tbl, op, key) VALUES (" + literal(name)
                + ", 'delete', "
                + keyOf("OLD") + ");\n"
                + "ELSIF TG_OP = 'INSERT' THEN INSERT INTO audit (tbl, op, key, verdicts) VALUES (" + literal(name)
                + ", 'insert', " + keyOf("NEW") + ", jsonb_build_object(" + verdicts + "));\n"
                + "ELSE INSERT INTO audit (tbl, op, old_key, key, verdicts, lean) VALUES (" + literal(name)
                + ", 'update', " + keyOf("OLD") + ", " + keyOf("NEW") + ", jsonb_build_object(" + verdicts + "), "
                + (kind == Kind.LEAN ? "jsonb_build_array(" + lean + ")" : "NULL") + ");\n"
                + "END IF; RETURN NULL; END $$");
        ddl.add("CREATE TRIGGER a_row AFTER INSERT OR UPDATE OR DELETE ON " + sql() + " FOR EACH ROW EXECUTE FUNCTION "
                + function + "()");
        ddl.add("CREATE TRIGGER a_truncation AFTER TRUNCATE ON " + sql() + " FOR EACH STATEMENT EXECUTE FUNCTION "
                + function + "()");
    }
}
