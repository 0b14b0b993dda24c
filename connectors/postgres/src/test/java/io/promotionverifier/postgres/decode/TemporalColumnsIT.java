package io.promotionverifier.postgres.decode;

import static io.promotionverifier.postgres.engine.StreamedDatabase.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.Canonical;
import io.promotionverifier.core.compare.TypeRules;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.ColumnType.Kind;
import io.promotionverifier.core.promotion.SessionRules;
import io.promotionverifier.postgres.engine.Shown;
import io.promotionverifier.postgres.engine.StreamedDatabase;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Dates and times through the real engine, in a database whose settings print them in another style. */
class TemporalColumnsIT {
    private static final SessionRules SESSION = new SessionRules(17, Optional.of(ZoneId.of("UTC")));

    private static final List<ColumnType> TYPES = List.of(
            ColumnType.of(Kind.DATE, "date"),
            ColumnType.of(Kind.TIME, "time without time zone"),
            ColumnType.of(Kind.TIMETZ, "time with time zone"),
            ColumnType.of(Kind.TIMESTAMP, "timestamp without time zone"),
            ColumnType.of(Kind.TIMESTAMPTZ, "timestamp with time zone"),
            ColumnType.of(Kind.INTERVAL, "interval"));

    /** One row each; the intervals are written in a form that no style reads differently. */
    private static final List<List<String>> ROWS = List.of(
            List.of("2025-02-01", "23:59:59.5", "12:34:56.789+05:30", "2025-02-01 10:00", "2025-02-01 10:00Z", "P1M"),
            List.of(
                    "0044-03-15 BC",
                    "24:00:00",
                    "24:00:00-11:22:33",
                    "0044-03-15 BC",
                    "0044-03-15 Z BC",
                    "P-1DT-2H-3M"),
            List.of("infinity", "00:00", "00:00+00", "-infinity", "infinity", "PT0S"),
            List.of("5874897-12-31", "12:00", "12:00-08", "294276-12-31", "294276-12-31Z", "PT-2562047788H"),
            List.of("-infinity", "0:0:0.000001", "1:00Z", "infinity", "-infinity", "P-1Y2M-3DT4H-5.000001S"));

    private static String[] ddl() {
        List<String> ddl = new ArrayList<>();
        for (String setting :
                List.of("DateStyle = 'SQL, DMY'", "IntervalStyle = 'sql_standard'", "TimeZone = 'Asia/Kathmandu'")) {
            ddl.add("DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || $q$ SET " + setting
                    + "$q$; END $$");
        }
        ddl.add("CREATE TABLE temporal (id int PRIMARY KEY, date date, time time, timetz timetz, timestamp timestamp,"
                + " timestamptz timestamptz, interval interval, metadata jsonb)");
        return ddl.toArray(String[]::new);
    }

    private static CapturedTable table() {
        return new CapturedTable(
                new TableName("public", "temporal"),
                List.of(new KeyPart("id", KeyForm.NUMBER)),
                TYPES.stream()
                        .map(type -> promotion(type.kind().name().toLowerCase(java.util.Locale.ROOT), type))
                        .toList());
    }

    @Test
    void aTemporalColumnIsReadWhateverTheDatabasesStyle() {
        try (StreamedDatabase database = new StreamedDatabase("temporal", ddl());
                Shown shown = new Shown(database.settings(table()))) {
            List<List<String>> rows = rows(database);
            for (int row = 0; row < rows.size(); row++) {
                String values = rows.get(row).stream().collect(Collectors.joining("', '", "'", "'"));
                database.run("INSERT INTO temporal VALUES (" + row + ", " + values + ", '{}')");
            }
            shown.await(database.beat());

            List<RowEvent> events = shown.events("temporal");
            assertThat(events).hasSameSizeAs(rows);
            for (int row = 0; row < rows.size(); row++) {
                assertThat(canonical(events.get(row))).isEqualTo(canonical(rows.get(row)));
            }
        }
    }

    /** An infinite interval came with PostgreSQL 17. */
    private static List<List<String>> rows(StreamedDatabase database) {
        List<List<String>> rows = new ArrayList<>(ROWS);
        if (database.column("SELECT current_setting('server_version_num')::int >= 170000")
                .equals(List.of("t"))) {
            rows.add(List.of("epoch", "1:00", "1:00Z", "epoch", "epoch", "infinity"));
        }
        return rows;
    }

    private static List<Canonical> canonical(List<String> texts) {
        List<Canonical> canonical = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            canonical.add(TypeRules.of(TYPES.get(i), SESSION).canonical(texts.get(i)));
        }
        return canonical;
    }

    private static List<Canonical> canonical(RowEvent event) {
        return canonical(event.readings().stream()
                .map(reading -> reading.column() instanceof ColumnValue.Present present
                        ? present.text()
                        : reading.column().toString())
                .toList());
    }
}
