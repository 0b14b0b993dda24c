package io.promotionverifier.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.cli.CommandException;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.FindingsRequest;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.cli.OutputFormat;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.history.RowStory;
import io.promotionverifier.kafka.read.FindingFilter;
import io.promotionverifier.kafka.read.TopicReader;
import io.promotionverifier.kafka.state.StateReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code findings}: the findings as they stand, from their topic. */
final class FindingsListing {
    private FindingsListing() {}

    static ExitCode show(FindingsRequest request, Invocation invocation) {
        VerifierConfig config = invocation.config();
        request.promotion().ifPresent(id -> Status.requireKnown(config, id));
        if (request.history()) {
            return tellStory(request, invocation);
        }
        List<ObjectNode> findings;
        try (KafkaServer kafka = KafkaServer.visit(config)) {
            KafkaConnection connection = Connections.of(config, kafka);
            Optional<Long> generation = new StateReader(connection)
                    .lastHead()
                    .map(last -> last.head().core().generation());
            findings = new TopicReader(connection)
                    .findings(new FindingFilter(
                            request.promotion(),
                            request.states(),
                            request.key(),
                            request.since(),
                            request.after(),
                            request.limit(),
                            generation));
        }
        if (request.partition()) {
            FindingPartitions.add(findings, invocation);
        }
        if (invocation.output() == OutputFormat.TEXT) {
            findings.forEach(finding -> invocation.print(line(finding)));
            if (request.partition()) {
                FindingPartitions.summary(findings).forEach(invocation::print);
            }
            String more = findings.size() < request.limit()
                    ? ""
                    : "; more may follow: --after '"
                            + findings.get(findings.size() - 1).path("id").asText() + "'";
            invocation.say((findings.size() == 1 ? "1 finding" : findings.size() + " findings") + more);
        } else {
            Printing.list(findings, invocation);
        }
        return findings.stream().anyMatch(FindingsListing::isOpen) ? ExitCode.MISMATCH : ExitCode.OK;
    }

    private static ExitCode tellStory(FindingsRequest request, Invocation invocation) {
        VerifierConfig config = invocation.config();
        String key = request.key()
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, "--history tells the story of one row: name it with --key"));
        List<ObjectNode> story;
        try (KafkaServer kafka = KafkaServer.visit(config)) {
            story = RowStory.of(Connections.of(config, kafka), request.promotion(), key);
        }
        if (invocation.output() == OutputFormat.TEXT) {
            RowStoryText.lines(story).forEach(invocation::print);
            long changes = story.stream().filter(event -> event.has("op")).count();
            invocation.say(changes + " changes, " + (story.size() - changes) + " turns of findings");
        } else {
            Printing.list(story, invocation);
        }
        return endsOpen(story) ? ExitCode.MISMATCH : ExitCode.OK;
    }

    /** Whether the last turn of some finding leaves it open. */
    private static boolean endsOpen(List<ObjectNode> story) {
        Map<String, Boolean> open = new HashMap<>();
        story.stream()
                .filter(event -> event.has("state"))
                .forEach(turn -> open.put(turn.path("id").asText(), isOpen(turn)));
        return open.containsValue(true);
    }

    private static boolean isOpen(JsonNode finding) {
        String state = finding.path("state").asText();
        return state.equals("suspected") || state.equals("confirmed");
    }

    private static String line(JsonNode finding) {
        String end = finding.path("resolution").isNull()
                ? ""
                : "  " + finding.path("resolution").asText();
        return String.format(
                "%s  %-10s %-12s %-16s %s  column %s  document %s%s%s",
                finding.path("opened").path("commit_time").asText(),
                finding.path("state").asText(),
                finding.path("promotion").asText(),
                finding.path("kind").asText(),
                finding.path("key"),
                finding.path("column"),
                finding.path("document"),
                end,
                finding.has("partition") ? "  in " + finding.path("partition").asText("gone") : "");
    }
}
