package io.promotionverifier.app.config;

import io.promotionverifier.app.config.form.Forms;
import io.promotionverifier.app.config.form.Key;
import io.promotionverifier.app.config.form.PassThrough;
import io.promotionverifier.app.config.form.PassThroughForm;
import io.promotionverifier.app.config.form.Quantities;
import io.promotionverifier.app.config.form.Secret;
import io.promotionverifier.app.config.form.Section;
import io.promotionverifier.app.config.form.SqlForms;
import io.promotionverifier.app.config.form.Values;
import io.promotionverifier.app.config.tree.Problems;
import io.promotionverifier.topics.decode.ConnectorForm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The keys of {@code source}. */
final class SourceKeys {
    /** What the verifier sets itself: a change of these would break a promise, not tune a behaviour. */
    private static final Set<String> OWNED = Set.of(
            "name",
            "connector.class",
            "plugin.name",
            "tasks.max",
            "topic.",
            "offset.",
            "database.hostname",
            "database.port",
            "database.user",
            "database.password",
            "database.dbname",
            "slot.",
            "publication.",
            "snapshot.",
            "incremental.",
            "read.only",
            "signal.",
            "table.",
            "schema.",
            "column.",
            "message.",
            "errors.",
            "key.",
            "value.",
            "header.",
            "converters",
            "transforms",
            "transforms.",
            "predicates",
            "predicates.",
            "lsn.flush.mode",
            "provide.transaction.metadata",
            "skipped.operations",
            "tombstones.on.delete",
            "decimal.handling.mode",
            "time.precision.mode",
            "interval.handling.mode",
            "hstore.handling.mode",
            "binary.handling.mode",
            "unavailable.value.placeholder",
            "event.processing.failure.handling.mode",
            "heartbeat.",
            "retriable.restart.connector.wait.ms",
            "exactly.once.support");

    private static final Pattern CREDENTIALS = Pattern.compile("[?&](user|password)=", Pattern.CASE_INSENSITIVE);

    static final Key<String> NAME = Key.required(
            "name",
            Forms.text("a name of letters, digits and . _ - (63 at most)", "[A-Za-z0-9][A-Za-z0-9._-]{0,62}"),
            "The name of this database in events (`/verifier/<name>`) and logs.");
    static final Key<String> URL = Key.required(
            "url",
            Forms.text(
                    "jdbc:postgresql://host:port/database, or embedded",
                    "embedded|jdbc:postgresql://[^/?\\s]+/[^/\\s]+"),
            "`jdbc:postgresql://host:port/database`, or `embedded` for a server of the verifier's own.");
    static final Key<String> USERNAME =
            Key.optional("username", Forms.text(), "Whom to connect as; required unless `url` is `embedded`.");
    static final Key<Secret> PASSWORD =
            Key.optional("password", Forms.secret(), "The password; absent where the server asks for none.");
    static final Key<PassThrough> CONNECTOR = Key.defaulted(
            "connector",
            new PassThroughForm("the connector", Set.of()),
            "{}",
            "With `mode: topics`: the properties of the Debezium connector whose topics are read, copied as they are.");
    static final Key<String> SLOT = Key.derived(
            "slot",
            SqlForms.plainName(),
            values -> derivedName(values, ConnectorForm::slot),
            "verifier_<name>, or the connector's",
            "The replication slot: lower case letters, digits and underscores.");
    static final Key<String> PUBLICATION = Key.derived(
            "publication",
            SqlForms.plainName(),
            values -> derivedName(values, ConnectorForm::publication),
            "verifier_<name>, or the connector's",
            "The publication of exactly the promoted tables: lower case letters, digits and underscores.");
    static final Key<Duration> HEARTBEAT = Key.defaulted(
            "heartbeat",
            Quantities.duration("100ms", "15s"),
            "5s",
            "How often a message goes through the WAL with the server's clock; 30 s of silence mean BLIND.");
    static final Key<SourceConfig.Mode> MODE = Key.defaulted(
            "mode",
            Forms.oneOf(SourceConfig.Mode.class),
            "embedded",
            "`embedded` runs Debezium in the verifier; `topics` reads existing Debezium change topics.");
    static final Key<SourceConfig.Capture> CAPTURE = Key.defaulted(
            "capture",
            Forms.oneOf(SourceConfig.Capture.class),
            "all",
            "`all` sends every change; `suspects` lets the server compare first.");
    static final Key<PassThrough> DEBEZIUM = Key.defaulted(
            "debezium",
            new PassThroughForm("Debezium", OWNED),
            "{}",
            "Passed through to Debezium; keys that the verifier owns are refused.");

    static final Section<SourceConfig> SECTION = new Section<>(
            List.of(NAME, URL, USERNAME, PASSWORD, CONNECTOR, SLOT, PUBLICATION, HEARTBEAT, MODE, CAPTURE, DEBEZIUM),
            List.of(
                    SourceKeys::keepCredentialsOutOfUrl,
                    SourceKeys::nameTheUser,
                    SourceKeys::nameTheTopics,
                    SourceKeys::filterOurOwn),
            SourceKeys::make);

    private SourceKeys() {}

    private static void keepCredentialsOutOfUrl(Values values, Problems problems) {
        if (values.find(URL).filter(url -> CREDENTIALS.matcher(url).find()).isPresent()) {
            values.refuse(URL, "user and password stand under username and password, where they are masked", problems);
        }
    }

    private static void nameTheUser(Values values, Problems problems) {
        boolean external = values.find(URL)
                .filter(url -> !url.equals(ServerAddress.EMBEDDED))
                .isPresent();
        if (external && !values.isGiven(USERNAME)) {
            values.refuse(USERNAME, "is required unless url is embedded (text)", problems);
        }
    }

    /** Topics without their connector's properties cannot be understood, and properties without topics mislead. */
    private static void nameTheTopics(Values values, Problems problems) {
        boolean topics = values.find(MODE).equals(Optional.of(SourceConfig.Mode.TOPICS));
        Map<String, String> connector =
                values.find(CONNECTOR).map(PassThrough::properties).orElse(Map.of());
        if (topics && !connector.containsKey("topic.prefix")) {
            values.refuse(CONNECTOR, "is required with mode: topics, and holds topic.prefix", problems);
        }
        if (!topics && !connector.isEmpty()) {
            values.refuse(CONNECTOR, "goes with mode: topics only", problems);
        }
    }

    /** The publication of a connector elsewhere is its own: no row filter of ours is put into it. */
    private static void filterOurOwn(Values values, Problems problems) {
        boolean topics = values.find(MODE).equals(Optional.of(SourceConfig.Mode.TOPICS));
        if (topics && values.find(CAPTURE).equals(Optional.of(SourceConfig.Capture.SUSPECTS))) {
            values.refuse(CAPTURE, "suspects goes with mode: embedded only", problems);
        }
    }

    private static Optional<String> derivedName(Values values, Function<Map<String, String>, String> ofConnector) {
        Map<String, String> connector =
                values.find(CONNECTOR).map(PassThrough::properties).orElse(Map.of());
        return connector.isEmpty()
                ? values.find(NAME).map(name -> "verifier_" + name)
                : Optional.of(ofConnector.apply(connector));
    }

    private static SourceConfig make(Values values) {
        return new SourceConfig(
                values.get(NAME),
                ServerAddress.of(values.get(URL)),
                values.find(USERNAME),
                values.find(PASSWORD),
                values.get(SLOT),
                values.get(PUBLICATION),
                values.get(HEARTBEAT),
                values.get(MODE),
                values.get(CAPTURE),
                values.get(DEBEZIUM),
                values.get(CONNECTOR));
    }
}
