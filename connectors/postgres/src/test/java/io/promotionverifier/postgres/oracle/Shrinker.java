package io.promotionverifier.postgres.oracle;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.promotionverifier.core.promotion.DocumentPath;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a row on which server and comparator disagree smaller for as long as they still do. */
final class Shrinker {
    private static final int ROUNDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OracleDatabase database;

    Shrinker(OracleDatabase database) {
        this.database = database;
    }

    /** A line for a file of kept cases. */
    String shrink(OracleDatabase.Judged found) throws SQLException, InterruptedException {
        DocumentPath from = found.table().promotions().get(found.promotion());
        List<String> row = database.ask("SELECT c::text, " + from.column() + "::text FROM "
                + found.table().name() + " WHERE id = " + found.id());
        Attempt best = new Attempt(Optional.ofNullable(row.get(0)), Optional.ofNullable(row.get(1)));
        for (int round = 0; round < ROUNDS; round++) {
            Optional<Attempt> smaller = first(found, from, candidates(best, from));
            if (smaller.isEmpty()) {
                break;
            }
            best = smaller.get();
        }
        String document = from.column().equals("j") ? "json " : "jsonb ";
        return String.join(
                " | ",
                "server says " + found.expected() + " not " + found.actual(),
                found.table().type().sqlType(),
                best.column().map(OracleTable::literal).orElse("NULL"),
                best.document()
                        .map(text -> document + OracleTable.literal(text))
                        .orElse("NULL"),
                json(from.keys()));
    }

    private record Attempt(Optional<String> column, Optional<String> document) {}

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Attempt> first(OracleDatabase.Judged found, DocumentPath from, List<Attempt> attempts)
            throws SQLException, InterruptedException {
        boolean json = from.column().equals("j");
        List<OracleRow> rows = attempts.stream()
                .map(attempt -> new OracleRow(
                        attempt.column().map(List::of).orElse(List.of()),
                        json ? Optional.empty() : attempt.document(),
                        json ? attempt.document() : Optional.empty()))
                .toList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Predicate<OracleDatabase.Judged> same = judged -> judged.promotion() == found.promotion()
                && judged.expected().equals(found.expected())
                && judged.actual().equals(found.actual());
        List<OracleDatabase.Judged> judged = database.judge(java.util.Map.of(found.table(), rows));
        long least = judged.stream().mapToLong(OracleDatabase.Judged::id).min().orElseThrow();
        return judged.stream().filter(same).findFirst().map(hit -> attempts.get(Math.toIntExact(hit.id() - least)));
    }

    /** The value alone under its path, then the value and the column with a piece cut out. */
    private List<Attempt> candidates(Attempt from, DocumentPath path) throws SQLException {
        List<Attempt> attempts = new ArrayList<>();
        if (from.document().isPresent()) {
            String type = path.column().equals("j") ? "json" : "jsonb";
            String at = "(" + OracleTable.literal(from.document().get()) + "::" + type + " #> "
                    + OracleTable.array(path.keys()) + ")";
            @Nullable String value = asked("SELECT " + at + "::text");
            if (value != null) {
                String alone = nested(path.keys(), value);
                if (alone.length() < from.document().get().length()) {
                    attempts.add(new Attempt(from.column(), Optional.of(alone)));
                }
                @Nullable String text = value.startsWith("\"") ? asked("SELECT " + at + " #>> '{}'") : value;
                boolean quoted = value.startsWith("\"");
                for (String shorter : text == null ? List.<String>of() : cut(text)) {
                    String again = nested(path.keys(), quoted ? json(shorter) : shorter);
                    attempts.add(new Attempt(from.column(), Optional.of(again)));
                }
            }
        }
        from.column().ifPresent(column -> {
            attempts.add(new Attempt(Optional.empty(), from.document()));
            cut(column).forEach(shorter -> attempts.add(new Attempt(Optional.of(shorter), from.document())));
        });
        return attempts;
    }

    private @Nullable String asked(String sql) {
        try {
            return database.ask(sql).get(0);
        } catch (SQLException refused) {
            return null;
        }
    }

    private static String nested(List<String> path, String value) {
        String document = value;
        for (int i = path.size() - 1; i >= 0; i--) {
            String key = path.get(i);
            boolean element = key.matches("-?[0-9]+");
            document = element
                    ? "[" + "0,".repeat(Math.max(0, Integer.parseInt(key))) + document + "]"
                    : "{" + json(key) + ":" + document + "}";
        }
        return document;
    }

    private static List<String> cut(String text) {
        List<String> shorter = new ArrayList<>();
        for (int piece = Math.max(1, text.length() / 2); piece >= 1; piece = piece == 1 ? 0 : Math.max(1, piece / 2)) {
            for (int at = 0; at + piece <= text.length() && shorter.size() < 200; at += piece) {
                shorter.add(text.substring(0, at) + text.substring(at + piece));
            }
        }
        return shorter;
    }
}
