package io.promotionverifier.postgres.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.DocumentValue.Present;
import io.promotionverifier.postgres.engine.StreamedDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random documents and paths, with the server's own {@code #>>} as the judge. */
class DocumentReaderIT {
    private static final int DOCUMENTS = 600;
    private static final long SEED = Long.getLong("verifier.test.seed", System.nanoTime());
    private static final List<String> KEYS =
            List.of("a", "b", "a.b", "", "1", "-1", " 0", "+1", "01", "é\\n", "x\\u0041");
    private static final List<String> PLAIN = List.of("a", "b", "a.b", "", "1", "-1", " 0", "+1", "01", "é\n", "xA");
    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-0.0",
            "1.50",
            "1e2",
            "1E-7",
            "9007199254740993",
            "\"\"",
            "\"null\"",
            "\"x\\n\\\"\\\\\\/\\b\\f\\r\\t\"",
            "\"\\u00e9\\ud83d\\ude00\"",
            "\"\\\\u0000\"",
            "\"\\u0001\\u007f\"");
    private static final List<String> REFUSED =
            List.of("\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83dx\"");

    private final Random random = new Random(SEED);

    @Test
    void everyPathReadsAsTheServerReadsIt() throws SQLException {
        try (StreamedDatabase database = new StreamedDatabase("t", "CREATE TABLE t (id int PRIMARY KEY)");
                Connection connection = database.connect()) {
            for (int i = 0; i < DOCUMENTS; i++) {
                compare(connection, document(3), "json", false);
                compare(connection, document(3), "jsonb", true);
            }
        }
    }

    private void compare(Connection connection, String written, String type, boolean normalised) throws SQLException {
        List<List<String>> paths = new ArrayList<>(List.of(List.of()));
        for (int i = 0; i < 6; i++) {
            paths.add(path());
        }
        Optional<List<String>> told = ask(connection, written, type, paths);
        if (told.isEmpty()) {
            assertThat(normalised || read(written, paths, false).stream().allMatch(DocumentReader.REFUSED::equals))
                    .as(written)
                    .isTrue();
            return;
        }
        List<DocumentValue> read = read(told.get().get(0), paths, normalised);
        for (int i = 0; i < paths.size(); i++) {
            boolean unknown = read.get(i) instanceof DocumentValue.Unavailable;
            assertThat(unknown && (normalised || !paths.get(i).contains("-1"))).isFalse();
            if (!unknown) {
                assertThat(read.get(i) instanceof Present present ? present.text() : "absent")
                        .as("seed %d: %s %s #>> %s", SEED, type, told.get().get(0), paths.get(i))
                        .isEqualTo(told.get().get(i + 1));
            }
        }
    }

    private static List<DocumentValue> read(String text, List<List<String>> paths, boolean normalised) {
        return new DocumentReader(paths).read(text, normalised);
    }

    /** The document's text and what it holds under each path; nothing if the server refuses. */
    private static Optional<List<String>> ask(
            Connection connection, String document, String type, List<List<String>> paths) throws SQLException {
        String sql = "SELECT d::text" + ", coalesce(d #>> ?, 'absent')".repeat(paths.size()) + " FROM (SELECT ?::"
                + type + " AS d) AS given";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < paths.size(); i++) {
                statement.setArray(
                        i + 1, connection.createArrayOf("text", paths.get(i).toArray()));
            }
            statement.setString(paths.size() + 1, document);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                List<String> answers = new ArrayList<>();
                for (int i = 0; i <= paths.size(); i++) {
                    answers.add(rows.getString(i + 1));
                }
                return Optional.of(answers);
            }
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(document).isIn("22P02", "22P05");
            return Optional.empty();
        }
    }

    private List<String> path() {
        List<String> path = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            path.add(PLAIN.get(random.nextInt(PLAIN.size())));
        }
        return path;
    }

    private String document(int depth) {
        int kind = random.nextInt(10);
        if (depth == 0 || kind < 2) {
            boolean refused = random.nextInt(60) == 0;
            List<String> from = refused ? REFUSED : SCALARS;
            return blank() + from.get(random.nextInt(from.size())) + blank();
        }
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String key = blank() + "\"" + KEYS.get(random.nextInt(KEYS.size())) + "\"" + blank() + ":";
            parts.add((kind < 7 ? key : "") + document(depth - 1));
        }
        String inner = String.join(",", parts);
        return blank() + (kind < 7 ? "{" + inner + "}" : "[" + inner + "]") + blank();
    }

    private String blank() {
        return random.nextInt(4) == 0 ? " " : "";
    }
}
