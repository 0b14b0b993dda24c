package io.promotionverifier.app.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.gate.GateReport;
import java.util.List;
import java.util.Optional;

/**
 * What a replay says.
 *
 * @param from the first moment in the range; absent when nothing lies in it
 * @param to the last one
 * @param changes row changes in the range
 * @param promotions of each promotion what was counted in the range, and what is to be thought of it at its end
 * @param aborts those raised in the range
 * @param gates by another policy: what the gate would have answered at the end, of each promotion that has a step ahead
 * @param compared how many events were held against those that were published
 * @param notCompared how many were published with the last checkpoint, and follow from what lies behind the range
 * @param differences what differs
 */
public record ReplayResult(
        Optional<Moment> from,
        Optional<Moment> to,
        long changes,
        List<ObjectNode> promotions,
        List<ObjectNode> aborts,
        List<GateReport> gates,
        long compared,
        long notCompared,
        List<Difference> differences) {
    public ReplayResult {
        promotions = List.copyOf(promotions);
        aborts = List.copyOf(aborts);
        gates = List.copyOf(gates);
        differences = List.copyOf(differences);
    }
}
