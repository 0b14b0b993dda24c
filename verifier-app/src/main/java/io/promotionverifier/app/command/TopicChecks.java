package io.promotionverifier.app.command;

import io.promotionverifier.app.assembly.Assembly;
import io.promotionverifier.app.assembly.ConnectorTopics;
import io.promotionverifier.app.config.SourceConfig;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.watch.SourceSnapshot;
import io.promotionverifier.topics.decode.ConnectorForm;
import io.promotionverifier.topics.decode.TopicTable;
import io.promotionverifier.topics.read.ChangeTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold where change topics are read that somebody else's connector writes. */
final class TopicChecks {
    private static final String CONNECTOR = "connector";
    private static final String CAPTURE = "connector-slot";
    private static final String TRUNCATES = "connector-truncates";
    private static final String VALUES = "connector-values";
    private static final String TOPICS = "change-topics";
    private static final String RETENTION = "change-retention";
    private static final Duration LEAST_RETENTION = Duration.ofDays(1);

    static final List<String> NAMES = List.of(CONNECTOR, TRUNCATES, CAPTURE, VALUES, TOPICS, RETENTION);

    /** What the server must grant to a verifier that streams by itself; the connector has it, or is no connector. */
    private static final Set<String> STREAMING = Set.of(
            "wal-level",
            "wal-retention",
            "idle-slot-timeout",
            "wal-sender-timeout",
            "synchronized-standby-slots",
            "oldest-transaction",
            "replication-role",
            "table-names",
            "publication",
            "publication-columns",
            "publication-rights",
            "slot",
            "slot-budget",
            "free-slots",
            "free-wal-senders",
            "failover-slot",
            "direct-connection");

    private TopicChecks() {}

    static boolean apply(VerifierConfig config) {
        return config.source().mode() == SourceConfig.Mode.TOPICS;
    }

    /** Without those checks that concern the connector's slot and publication as if they were ours to make. */
    static List<CheckResult> ofOurs(List<CheckResult> preflight) {
        return preflight.stream()
                .filter(result -> !STREAMING.contains(result.name().split(" ", 2)[0]))
                .toList();
    }

    static List<CheckResult> run(VerifierConfig config, PostgresAccess access, KafkaConnection connection) {
        List<CheckResult> results = new ArrayList<>();
        ConnectorForm form = ConnectorTopics.form(config);
        form(config, form, results);
        try (Session session = access.openReadOnly()) {
            capture(config, session, results);
            ConnectorTopics topics = ConnectorTopics.of(config, Assembly.of(config, session), session);
            values(topics, results);
            topics(topics, connection, results);
        } catch (NotSetUpException e) {
            results.add(CheckResult.unknown(TOPICS, String.valueOf(e.getMessage())));
        }
        return results;
    }

    private static void form(VerifierConfig config, ConnectorForm form, List<CheckResult> results) {
        List<String> problems = form.problems(io.promotionverifier.postgres.heartbeat.HeartbeatMessage.prefix(
                config.source().slot()));
        if (problems.isEmpty()) {
            results.add(CheckResult.pass(CONNECTOR, form + " writes what can be read"));
        }
        problems.forEach(problem -> results.add(CheckResult.refuse(CONNECTOR, problem)));
        results.add(
                form.writesTruncates()
                        ? CheckResult.pass(TRUNCATES, "TRUNCATE is written")
                        : CheckResult.warn(
                                TRUNCATES,
                                "TRUNCATE is in no topic (skipped.operations): it is not counted, and the findings of a"
                                        + " truncated table stay open until a census; set skipped.operations=none"));
    }

    private static void capture(VerifierConfig config, Session session, List<CheckResult> results) {
        SourceSnapshot snapshot = SourceSnapshot.read(session, Assembly.request(config));
        String slot = config.source().slot();
        String publication = config.source().publication();
        if (snapshot.slot().isEmpty()) {
            results.add(CheckResult.refuse(
                    CAPTURE, "slot " + slot + " does not exist: slot.name is the connector's, and it must have run"));
        } else if (snapshot.publication().isEmpty()) {
            results.add(CheckResult.refuse(
                    CAPTURE, "publication " + publication + " does not exist: publication.name is the connector's"));
        } else {
            results.add(CheckResult.pass(CAPTURE, "slot " + slot + " and publication " + publication));
        }
    }

    private static void values(ConnectorTopics topics, List<CheckResult> results) {
        boolean whole = true;
        for (TopicTable table : topics.tables()) {
            for (Map.Entry<String, String> loss : table.losses(topics.form()).entrySet()) {
                whole = false;
                results.add(CheckResult.warn(
                        VALUES,
                        "column \"" + loss.getKey() + "\" of " + table.table().name() + " is UNVERIFIABLE: "
                                + loss.getValue()));
            }
            for (Map.Entry<String, String> loss : table.lostNulls(topics.form()).entrySet()) {
                whole = false;
                results.add(CheckResult.warn(
                        VALUES,
                        "NULLs of column \"" + loss.getKey() + "\" of "
                                + table.table().name() + " are UNVERIFIABLE: " + loss.getValue()));
            }
        }
        if (whole) {
            results.add(CheckResult.pass(VALUES, "every captured column can be compared"));
        }
    }

    private static void topics(ConnectorTopics topics, KafkaConnection connection, List<CheckResult> results) {
        try (ChangeTopics described = new ChangeTopics(connection, topics.names())) {
            List<String> missing = described.missing();
            if (missing.isEmpty()) {
                results.add(CheckResult.pass(TOPICS, String.join(", ", topics.names())));
            }
            missing.forEach(name -> results.add(CheckResult.refuse(
                    TOPICS,
                    "topic " + name + " does not exist: "
                            + (name.equals(topics.form().messageTopic())
                                    ? "create it; our heartbeat comes back through it, and without it the connector"
                                            + " could fail on the first one"
                                    : "create it, or let the connector write to it"))));
            described
                    .compacted()
                    .forEach(name -> results.add(CheckResult.refuse(
                            RETENTION, "topic " + name + " is compacted: row changes are removed from it")));
            boolean enough = true;
            for (Map.Entry<String, Duration> kept : described.retentions().entrySet()) {
                if (kept.getValue().compareTo(LEAST_RETENTION) < 0) {
                    enough = false;
                    results.add(CheckResult.warn(
                            RETENTION,
                            "topic " + kept.getKey() + " keeps records for "
                                    + kept.getValue().toMinutes()
                                    + " minutes: a verifier that is down for longer goes on behind a coverage gap"));
                }
            }
            if (enough) {
                results.add(CheckResult.pass(RETENTION, "the topics keep their records for a day or longer"));
            }
        }
    }
}
