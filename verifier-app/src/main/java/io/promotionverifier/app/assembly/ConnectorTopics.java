package io.promotionverifier.app.assembly;

import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.postgres.access.Row;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.catalog.CatalogReader;
import io.promotionverifier.postgres.catalog.PromotionDescription.Resolved;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.RecordDecoder;
import io.promotionverifier.postgres.decode.UnreadableMarks;
import io.promotionverifier.postgres.heartbeat.HeartbeatMessage;
import io.promotionverifier.topics.decode.ChangeReader;
import io.promotionverifier.topics.decode.ConnectorForm;
import io.promotionverifier.topics.decode.TopicColumn;
import io.promotionverifier.topics.decode.TopicColumn.Fallback;
import io.promotionverifier.topics.decode.TopicTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The change topics of the connector that a configuration names, as the catalog explains them.
 *
 * @param form how the connector writes
 * @param tables the promoted tables with the captured columns' types
 * @param heartbeats the prefix of our messages through the log
 */
public record ConnectorTopics(ConnectorForm form, List<TopicTable> tables, String heartbeats) {
    private static final String DEFAULTS = """
            SELECT a.attname, pg_get_expr(d.adbin, d.adrelid) AS expression
            FROM pg_attribute a
            JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = ? AND NOT a.attnotnull AND NOT a.attisdropped
            """;
    private static final Pattern LITERAL = Pattern.compile("'((?:[^']|'')*)'::[A-Za-z0-9_ .\"()]+");
    private static final Set<String> WRITTEN_AS_TEXT = Set.of("text", "varchar", "bpchar", "json", "jsonb", "uuid");

    public ConnectorTopics {
        tables = List.copyOf(tables);
    }

    /** What a configuration names, without the tables. */
    public static ConnectorForm form(VerifierConfig config) {
        return new ConnectorForm(config.source().connector().properties());
    }

    /**
     * Puts configuration and catalog together.
     *
     * @param assembly the same of the promotions
     */
    public static ConnectorTopics of(VerifierConfig config, Assembly assembly, Session session) {
        Map<String, TableDescription> described = new HashMap<>();
        new CatalogReader(session)
                .describe(Assembly.request(config).promotions()).stream()
                        .filter(Resolved.class::isInstance)
                        .map(Resolved.class::cast)
                        .forEach(each -> described.put(each.table().name().toString(), each.table()));
        List<TopicTable> tables = new ArrayList<>();
        for (CapturedTable table : assembly.tables()) {
            TableDescription found = described.get(table.name().toString());
            if (found != null) {
                tables.add(new TopicTable(table, columns(table, found, session)));
            }
        }
        return new ConnectorTopics(
                form(config), tables, HeartbeatMessage.prefix(config.source().slot()));
    }

    private static List<TopicColumn> columns(CapturedTable table, TableDescription described, Session session) {
        Map<String, Fallback> fallbacks = new HashMap<>();
        session.list(
                "read the defaults of the columns",
                DEFAULTS,
                row -> fallbacks.put(row.text("attname"), fallback(row)),
                described.relation().oid());
        List<TopicColumn> columns = new ArrayList<>();
        for (String name : table.columns()) {
            described
                    .column(name)
                    .ifPresent(column -> columns.add(new TopicColumn(
                            name, column.type(), fallback(column.type().name(), name, fallbacks))));
        }
        return columns;
    }

    private static Fallback fallback(Row row) throws SQLException {
        Matcher literal = LITERAL.matcher(row.text("expression"));
        return literal.matches() ? new Fallback.Text(literal.group(1).replace("''", "'")) : new Fallback.Anything();
    }

    private static Fallback fallback(String type, String column, Map<String, Fallback> fallbacks) {
        Fallback known = fallbacks.getOrDefault(column, new Fallback.None());
        return known instanceof Fallback.Text && !WRITTEN_AS_TEXT.contains(type) ? new Fallback.Anything() : known;
    }

    /** The names of the topics that are read: one of each table, and that of the messages through the log. */
    public List<String> names() {
        Set<String> names = new LinkedHashSet<>();
        tables.forEach(table -> names.add(form.topic(table.table().name())));
        names.add(form.messageTopic());
        return List.copyOf(names);
    }

    /** Reads the records, with marks for what cannot be told. */
    public ChangeReader changes(UnreadableMarks marks) {
        return new ChangeReader(form, tables, marks);
    }

    /** Makes arrivals of them. */
    public RecordDecoder decoder(UnreadableMarks marks) {
        return new RecordDecoder(
                form.prefix(),
                heartbeats,
                content -> HeartbeatMessage.parse(content).map(HeartbeatMessage::time),
                tables.stream().map(TopicTable::table).toList(),
                marks);
    }
}
