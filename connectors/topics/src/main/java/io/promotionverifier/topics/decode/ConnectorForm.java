package io.promotionverifier.topics.decode;

import io.promotionverifier.core.change.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a connector writes, read from the properties with which it was created. What is not there has Debezium's own
 * default. Immutable.
 */
public final class ConnectorForm {
    private static final Pattern NOT_IN_TOPICS = Pattern.compile("[^A-Za-z0-9._-]");

    private final Map<String, String> properties;

    /** @param properties of the connector, as Kafka Connect's {@code GET /connectors/NAME/config} prints them */
    public ConnectorForm(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    private String of(String name, String otherwise) {
        return properties.getOrDefault(name, otherwise).strip();
    }

    private String word(String name, String otherwise) {
        return of(name, otherwise).toLowerCase(Locale.ROOT);
    }

    /** The first part of all its topics' names. */
    public String prefix() {
        return of("topic.prefix", "");
    }

    /** The topic of a table. */
    public String topic(TableName table) {
        String delimiter = of("topic.delimiter", ".");
        String plain = prefix() + delimiter + table.schema() + delimiter + table.name();
        return NOT_IN_TOPICS.matcher(plain).replaceAll("_");
    }

    /** The topic of the messages through the log. */
    public String messageTopic() {
        return prefix() + of("topic.delimiter", ".") + "message";
    }

    /** The slot from which it reads. */
    public static String slot(Map<String, String> properties) {
        return properties.getOrDefault("slot.name", "debezium");
    }

    /** The publication from which it reads. */
    public static String publication(Map<String, String> properties) {
        return properties.getOrDefault("publication.name", "dbz_publication");
    }

    String decimals() {
        return word("decimal.handling.mode", "precise");
    }

    String times() {
        return word("time.precision.mode", "adaptive");
    }

    String intervals() {
        return word("interval.handling.mode", "numeric");
    }

    String binary() {
        return word("binary.handling.mode", "bytes");
    }

    String placeholder() {
        return of("unavailable.value.placeholder", "__debezium_unavailable_value");
    }

    /** True if a NULL is written as null, whatever the column's default is. */
    boolean keepsNulls() {
        return word("value.converter.replace.null.with.default", "true").equals("false");
    }

    /** True if the connector stops at a value that it cannot convert; else it writes NULL. */
    boolean failsOnLoss() {
        return word("event.converting.failure.handling.mode", "warn").equals("fail");
    }

    /** True if TRUNCATE is written; Debezium leaves it out unless told otherwise. */
    public boolean writesTruncates() {
        return !skipped().contains("t");
    }

    private List<String> skipped() {
        return List.of(word("skipped.operations", "t").split("\\s*,\\s*", -1));
    }

    /**
     * Why its topics cannot be read, each with what mends it; empty if they can.
     *
     * @param heartbeats the prefix of our messages through the log
     */
    public List<String> problems(String heartbeats) {
        List<String> problems = new ArrayList<>();
        if (prefix().isEmpty()) {
            problems.add("topic.prefix is missing: copy the connector's properties");
        }
        if (!of("connector.class", "PostgresConnector").endsWith("PostgresConnector")) {
            problems.add("connector.class is not Debezium's PostgreSQL connector");
        }
        if (!of("value.converter", "JsonConverter").endsWith("JsonConverter")) {
            problems.add("value.converter is not org.apache.kafka.connect.json.JsonConverter: only JSON can be read");
        }
        if (!of("topic.naming.strategy", "SchemaTopicNamingStrategy").endsWith("SchemaTopicNamingStrategy")) {
            problems.add("topic.naming.strategy is not the default: the topics' names are not known");
        }
        transforms().ifPresent(problems::add);
        for (String operation : List.of("c", "u", "d")) {
            if (skipped().contains(operation)) {
                problems.add("skipped.operations holds " + operation + ": those row changes are in no topic");
            }
        }
        properties.keySet().stream()
                .filter(name -> name.startsWith("column.mask.") || name.startsWith("column.truncate."))
                .sorted()
                .forEach(name -> problems.add(name + " changes values"));
        heartbeat(heartbeats).ifPresent(problems::add);
        return problems;
    }

    private Optional<String> transforms() {
        return properties.entrySet().stream()
                .filter(property -> property.getKey().startsWith("transforms.")
                        && property.getKey().endsWith(".type"))
                .map(Map.Entry::getValue)
                .filter(type -> type.contains("ExtractNewRecordState") || type.contains("Router"))
                .sorted()
                .findFirst()
                .map(type -> "the transformation " + type
                        + " takes away the envelope or the topics' names: flattened and routed records do not tell"
                        + " their place in the log");
    }

    private Optional<String> heartbeat(String heartbeats) {
        String included = of("message.prefix.include.list", "");
        String excluded = of("message.prefix.exclude.list", "");
        boolean passes = included.isEmpty() ? !matches(excluded, heartbeats) : matches(included, heartbeats);
        return passes
                ? Optional.empty()
                : Optional.of("message.prefix.include.list or message.prefix.exclude.list keeps our heartbeat ("
                        + heartbeats + ") out");
    }

    private static boolean matches(String patterns, String text) {
        for (String pattern : patterns.split("\\s*,\\s*", -1)) {
            try {
                if (!pattern.isEmpty() && Pattern.matches(pattern, text)) {
                    return true;
                }
            } catch (PatternSyntaxException notOurs) {
                return false;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "connector with topic.prefix " + prefix();
    }
}
