package io.promotionverifier.postgres.engine;

import io.promotionverifier.postgres.decode.CapturedTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names that Debezium 3.6 does not bring through unchanged: it quotes and unquotes them without escaping.
 *
 * @see <a
 *     href="https://github.com/debezium/debezium/blob/v3.6.1.Final/debezium-connector-common/src/main/java/io/debezium/relational/TableId.java">TableId.quote</a>
 */
public final class CapturableNames {
    private static final List<String> DOUBLED = List.of("''", "``");
    private static final Set<Character> QUOTES = Set.of('"', '\'', '`');

    private CapturableNames() {}

    /** Why a table cannot be captured because of its names; absent if it can. */
    public static Optional<String> problem(CapturedTable table) {
        for (String name : List.of(table.name().schema(), table.name().name())) {
            if (name.startsWith("\"") || name.endsWith("\"") || DOUBLED.stream().anyMatch(name::contains)) {
                return Optional.of("Debezium cannot read the table name " + table.name()
                        + ": it begins or ends with a double quote, or holds two single quotes or backticks in a row");
            }
        }
        Set<String> seen = new TreeSet<>();
        for (String column : table.columns()) {
            if (column.length() > 1 && QUOTES.contains(column.charAt(0))) {
                return Optional.of("Debezium cannot read column " + column + " of " + table.name()
                        + ": its name begins with a quote");
            }
            if (!seen.add(column.toLowerCase(Locale.ROOT))) {
                return Optional.of("Debezium cannot tell columns of " + table.name()
                        + " apart that differ in case only: " + column);
            }
        }
        return Optional.empty();
    }
}
