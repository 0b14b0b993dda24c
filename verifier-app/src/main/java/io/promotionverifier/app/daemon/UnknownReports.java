package io.promotionverifier.app.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.board.ReportTrouble;
import io.promotionverifier.core.promotion.PromotionId;
import java.util.List;

/** Unknown is never shown as equal: a report that cannot be read shows why, and no figure. Stateless. */
final class UnknownReports {
    private UnknownReports() {}

    static void mark(ObjectNode status, PromotionId promotion, List<ReportTrouble> troubles) {
        ArrayNode reports = status.withArray("reports");
        for (ReportTrouble trouble : troubles) {
            if (trouble.report().promotion().equals(promotion)) {
                find(reports, trouble.report().id()).putNull("divergent_rows").put("trouble", trouble.why());
            }
        }
    }

    private static ObjectNode find(ArrayNode reports, String id) {
        for (JsonNode report : reports) {
            if (report.path("report").asText().equals(id)) {
                return (ObjectNode) report;
            }
        }
        return reports.addObject().put("report", id);
    }
}
