package io.promotionverifier.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.config.PromotionConfig;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.servers.SourceServer;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.reread.RowPartitions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * In which partition the rows of findings lie now: {@code partition} is added to each finding, null for a row that is
 * gone. Asks the database, a thousand rows at a time.
 */
final class FindingPartitions {
    private static final int ROWS_AT_ONCE = 1_000;

    private FindingPartitions() {}

    static void add(List<ObjectNode> findings, Invocation invocation) {
        VerifierConfig config = invocation.config();
        Map<String, List<ObjectNode>> byPromotion = findings.stream()
                .collect(Collectors.groupingBy(
                        finding -> finding.path("promotion").asText(), LinkedHashMap::new, Collectors.toList()));
        try (SourceServer source = SourceServer.open(config);
                Session session = source.access().openReadOnly()) {
            byPromotion.forEach((id, all) -> {
                Optional<PromotionConfig> promotion = config.promotion(new PromotionId(id));
                for (int i = 0; i < all.size(); i += ROWS_AT_ONCE) {
                    List<ObjectNode> some = all.subList(i, Math.min(all.size(), i + ROWS_AT_ONCE));
                    promotion.ifPresentOrElse(
                            known -> add(some, known, session), () -> some.forEach(each -> each.putNull("partition")));
                }
            });
        }
    }

    private static void add(List<ObjectNode> findings, PromotionConfig promotion, Session session) {
        List<String> columns = new ArrayList<>();
        findings.get(0).path("key").fieldNames().forEachRemaining(columns::add);
        List<String> keys =
                findings.stream().map(finding -> finding.path("key").toString()).toList();
        Map<String, String> partitions = RowPartitions.read(session, promotion.table(), columns, keys);
        findings.forEach(finding ->
                finding.put("partition", partitions.get(finding.path("key").toString())));
    }

    /** How many findings lie in each partition, the most first: one line for each. */
    static List<String> summary(List<ObjectNode> findings) {
        Map<String, Long> counts = findings.stream()
                .collect(Collectors.groupingBy(
                        finding -> finding.path("partition").asText(), Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> entry.getValue() + " of " + findings.size() + " "
                        + (entry.getKey().equals("null") ? "are of rows that are gone" : "lie in " + entry.getKey()))
                .toList();
    }
}
