package io.promotionverifier.postgres.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import io.promotionverifier.postgres.engine.StreamedDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names of every kind, from the catalog through the engine to a finding. */
class NamesIT {
    /** 63 bytes of UTF-8. */
    private static final String LONGEST = "\u00e9".repeat(31) + "x";

    /** A table, its key, its promoted column, its document and the key in it. */
    private record Odd(String schema, String table, String key, String column, String document, String path) {
        TableName name() {
            return new TableName(schema, table);
        }

        String ddl() {
            return "CREATE TABLE " + SqlText.table(name()) + " (" + quoted(key) + " int PRIMARY KEY, " + quoted(column)
                    + " text, " + quoted(document) + " jsonb)";
        }

        static String quoted(String name) {
            return SqlText.identifier(name);
        }
    }

    private static final List<Odd> TABLES = List.of(
            new Odd("a.b", "c", "id", "v", "d", "v"),
            new Odd("a", "b.c", "id", "v", "d", "v"),
            new Odd("a", "b", "c.d", "a.b.c", "x.y", "k.l"),
            new Odd("Mixed Case", "UPPER", "Id", "Column", "Doc", "Key"),
            new Odd("mixed case", "upper", "id", "column", "doc", "key"),
            new Odd("with,comma", "with\"quote", "k\"ey", "c,o\"l", "d'o,c", "it's, \"k\""),
            new Odd("\u00fcml\u00e4ut", "\u8868", "\u0434", "\ud83d\ude00", "\u0434\u043e\u043a", "\u043a \u2028"),
            new Odd(LONGEST, LONGEST, LONGEST, "c" + LONGEST.substring(1), "d" + LONGEST.substring(1), LONGEST),
            new Odd("back\\slash", "a*b?c+[d]", "(e|f)", "$g^", "h{1}", "\\x"),
            new Odd(" blank ", " ", "  ", " c ", " d ", ""),
            new Odd("select", "table", "order", "group", "user", "null"));

    private static StreamedDatabase database() {
        List<String> ddl = new ArrayList<>();
        TABLES.stream().map(Odd::schema).distinct().forEach(schema -> ddl.add("CREATE SCHEMA " + Odd.quoted(schema)));
        TABLES.forEach(table -> ddl.add(table.ddl()));
        return new StreamedDatabase(
                TABLES.stream().map(table -> SqlText.table(table.name())).collect(Collectors.joining(", ")),
                ddl.toArray(String[]::new));
    }

    @Test
    void everyNameIsLiteralAndNoTableIsTakenForAnother() {
        List<RequestedPromotion> wanted = new ArrayList<>();
        for (int i = 0; i < TABLES.size(); i++) {
            Odd odd = TABLES.get(i);
            wanted.add(Wanted.of("P-" + i, odd.name(), odd.document(), List.of(odd.path()), odd.column()));
        }
        try (StreamedDatabase database = database();
                JudgedStream stream = new JudgedStream(database, wanted)) {
            for (int i = 0; i < TABLES.size(); i++) {
                write(database, TABLES.get(i), i);
            }
            stream.settled();
            for (int i = 0; i < TABLES.size(); i++) {
                Odd odd = TABLES.get(i);
                assertThat(stream.counts("P-" + i).changes()).as(odd.toString()).isEqualTo(2L * i + 1);
                assertThat(stream.counts("P-" + i).matched()).as(odd.toString()).isEqualTo(2L * i);
                Finding finding = stream.turns("P-" + i).get(0);
                assertThat(finding.table()).isEqualTo(odd.name());
                assertThat(finding.key().json()).isEqualTo(key(database, odd));
            }
        }
    }

    /** A number of rows of its own, so that rows in the wrong table show. */
    private static void write(StreamedDatabase database, Odd odd, int number) {
        String insert = "INSERT INTO " + SqlText.table(odd.name()) + " SELECT i, 'v' || i, jsonb_build_object("
                + SqlText.literal(odd.path()) + ", 'v' || (i";
        database.run(
                insert + ")) FROM generate_series(1, " + 2 * number + ") i",
                insert + " + 1)) FROM generate_series(1000, 1000) i");
    }

    private static String key(StreamedDatabase database, Odd odd) {
        return database.column("SELECT jsonb_build_object(" + SqlText.literal(odd.key()) + ", 1000)::text")
                .get(0);
    }
}
