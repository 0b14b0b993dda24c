package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a table's promotions must say, folded from the audit that the database kept. One thing only is taken from the
 * verifier's history: which unchanged out-of-line documents it could not prove, and that only where it may be so.
 */
final class WholeOracle {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String UNPROVEN = "unverifiable:TOAST";
    private static final String ROWS = """
            SELECT tx, op, old_key, key, verdicts, lean, backfill, inside,
                   (extract(epoch FROM pg_xact_commit_timestamp((tx %% 4294967296)::text::xid)) * 1000000)::bigint AS at
            FROM audit WHERE tbl = %s ORDER BY seq
            """;

    private final WholeTable table;
    private final List<Audited> audit;
    private final Map<String, EpisodeFold<String>> folds = new TreeMap<>();
    private final Map<String, Boolean> insideLast = new HashMap<>();
    private long unproven;

    /** A row version as the database wrote it down. */
    private record Audited(
            long tx,
            long at,
            String op,
            Optional<String> oldKey,
            Optional<String> key,
            JsonNode verdicts,
            JsonNode lean,
            boolean backfill,
            boolean inside) {
        /** As the history must tell it. */
        String told() {
            Optional<String> moved = oldKey.filter(old -> !key.equals(Optional.of(old)));
            return tx + " " + op + " " + moved.orElse("null") + " " + key.orElse("null") + " "
                    + (backfill ? "backfill" : "live");
        }
    }

    private WholeOracle(WholeTable table, List<Audited> audit) {
        this.table = table;
        this.audit = audit;
    }

    static WholeOracle of(Source source, WholeTable table, List<JsonNode> history, long graceMicros) {
        WholeOracle oracle = new WholeOracle(table, audited(source, table));
        assertThat(history.stream().map(WholeOracle::told).toList())
                .as("history of %s", table.name())
                .isEqualTo(oracle.audit.stream().map(Audited::told).toList());
        List<WholePromotion> promotions = table.promotions();
        for (int i = 0; i < promotions.size(); i++) {
            oracle.folds.put(
                    promotions.get(i).id(), oracle.fold(promotions.get(i).id(), i, history, graceMicros));
        }
        return oracle;
    }

    private static List<Audited> audited(Source source, WholeTable table) {
        List<Audited> audit = new ArrayList<>();
        try (Connection connection = source.open();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(ROWS.formatted(WholeTable.literal(table.name())))) {
            while (found.next()) {
                audit.add(new Audited(
                        found.getLong("tx"),
                        found.getLong("at"),
                        found.getString("op"),
                        key(found.getString("old_key")),
                        key(found.getString("key")),
                        json(found.getString("verdicts")),
                        json(found.getString("lean")),
                        found.getBoolean("backfill"),
                        found.getBoolean("inside")));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(table.name(), e);
        }
        return audit;
    }

    static JsonNode json(@Nullable String text) {
        try {
            return JSON.readTree(text == null ? "null" : text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private static Optional<String> key(@Nullable String text) {
        return Optional.of(json(text)).filter(JsonNode::isObject).map(JsonNode::toString);
    }

    private static String told(JsonNode change) {
        return change.path("tx").asLong() + " " + change.path("op").asText() + " " + change.path("old_key") + " "
                + change.path("key") + " " + change.path("origin").asText();
    }

    private EpisodeFold<String> fold(String promotion, int place, List<JsonNode> history, long graceMicros) {
        EpisodeFold<String> fold = new EpisodeFold<>(graceMicros);
        for (int i = 0; i < audit.size(); i++) {
            Audited row = audit.get(i);
            fold.in(row.tx(), row.at());
            switch (row.op()) {
                case "truncate" -> fold.truncated();
                case "delete" -> fold.deleted(row.key().orElseThrow());
                default -> {
                    insideLast.put(row.key().orElseThrow(), row.inside());
                    fold.written(row.oldKey(), row.key().orElseThrow(), verdict(row, promotion, place, history.get(i)));
                }
            }
        }
        fold.commit();
        fold.latest()
                .forEach((key, verdict) -> assertThat(verdict.equals(UNPROVEN) && !insideLast.getOrDefault(key, false))
                        .as("%s %s: nobody wrote it later, and it is its transaction's", promotion, key)
                        .isFalse());
        return fold;
    }

    private String verdict(Audited row, String promotion, int place, JsonNode told) {
        JsonNode document = told.path("sides").path(promotion).path("document");
        if (document.path("unavailable").asText().equals("toast")) {
            assertThat(row.lean().path(place).asBoolean())
                    .as("%s %s: the document was not in the log", promotion, row)
                    .isTrue();
            unproven++;
            return UNPROVEN;
        }
        return row.verdicts().path(promotion).asText();
    }

    /** Counts, kinds, findings and reasons as the status of a promotion must say them; what is 0 is left out. */
    Map<String, Long> expected(String promotion) {
        EpisodeFold<String> fold = fold(promotion);
        Map<String, Long> expected = new TreeMap<>(fold.counts);
        expected.keySet().removeAll(List.of("episodes", "FK_NULLED", "NOT_PROMOTED", "WAIVED"));
        expected.put("confirmed", (long) fold.open().size());
        expected.put("backfill", audit.stream().filter(Audited::backfill).count());
        expected.values().removeIf(count -> count == 0);
        return expected;
    }

    EpisodeFold<String> fold(String promotion) {
        return Optional.ofNullable(folds.get(promotion)).orElseThrow();
    }

    WholeTable table() {
        return table;
    }

    long changes() {
        return audit.size();
    }

    long unproven() {
        return unproven;
    }
}
