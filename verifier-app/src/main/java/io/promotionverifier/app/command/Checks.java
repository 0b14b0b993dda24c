package io.promotionverifier.app.command;

import io.promotionverifier.app.assembly.Assembly;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.topic.Brokers;
import io.promotionverifier.kafka.topic.TopicAdmin;
import io.promotionverifier.kafka.topic.TopicPolicy;
import io.promotionverifier.kafka.topic.TopicProblem;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.preflight.Preflight;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.preflight.check.CheckResult.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every precondition on both servers. */
final class Checks {
    private Checks() {}

    static List<CheckResult> source(VerifierConfig config, PostgresAccess access) {
        List<CheckResult> results = new ArrayList<>(Preflight.run(access, Assembly.request(config)));
        if (results.stream().noneMatch(result -> result.result() == Result.REFUSE)) {
            try (Session session = access.openReadOnly()) {
                Assembly.of(config, session);
                results.add(
                        new CheckResult("assembly", Result.PASS, "configuration and catalog fit", Optional.empty()));
            } catch (NotSetUpException e) {
                results.add(
                        new CheckResult("assembly", Result.REFUSE, String.valueOf(e.getMessage()), Optional.empty()));
            }
        }
        return results;
    }

    /** Topics that are missing are what setup makes; others that differ are told. */
    static List<CheckResult> kafka(VerifierConfig config, KafkaConnection connection) {
        List<CheckResult> results = new ArrayList<>();
        try (TopicAdmin topics = new TopicAdmin(connection)) {
            Brokers brokers = topics.brokers();
            results.add(new CheckResult(
                    "kafka",
                    Result.PASS,
                    brokers.count() + " brokers of cluster " + brokers.clusterId() + " at " + connection.bootstrap(),
                    Optional.empty()));
            results.add(markers(brokers));
            List<TopicProblem> problems =
                    topics.problems(TopicPolicy.keeping(config.kafka().history().retention()));
            problems.forEach(problem -> results.add(topic(problem)));
            if (problems.isEmpty()) {
                results.add(
                        new CheckResult("topics", Result.PASS, "all topics are as setup makes them", Optional.empty()));
            }
        }
        return results;
    }

    private static CheckResult markers(Brokers brokers) {
        return switch (brokers.markers()) {
            case SAFE ->
                new CheckResult(
                        "kafka version", Result.PASS, "older than 4.3: transaction markers are safe", Optional.empty());
            case SUSPECT ->
                new CheckResult(
                        "kafka version",
                        Result.WARN,
                        "a 4.3 broker: 4.3.0 and 4.3.1 can lose transaction markers when killed (KAFKA-20734)",
                        Optional.empty());
            case UNKNOWN ->
                new CheckResult(
                        "kafka version",
                        Result.WARN,
                        "the version could not be learned; avoid 4.3.0 and 4.3.1",
                        Optional.empty());
        };
    }

    private static CheckResult topic(TopicProblem problem) {
        if (problem instanceof TopicProblem.Missing missing) {
            return new CheckResult(
                    "topic " + missing.topic(), Result.PASS, "does not exist: setup creates it", Optional.empty());
        }
        return new CheckResult(
                "topic " + problem.topic(),
                problem.refuses() ? Result.REFUSE : Result.WARN,
                problem.sentence(),
                Optional.empty());
    }
}
