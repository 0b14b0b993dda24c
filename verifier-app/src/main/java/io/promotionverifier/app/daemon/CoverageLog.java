package io.promotionverifier.app.daemon;

import io.promotionverifier.core.pipeline.CoverageGap;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.promotion.PromotionId;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once in the log what was lost, and when it is back. */
final class CoverageLog {
    private static final Logger LOG = LoggerFactory.getLogger(CoverageLog.class);

    private CoverageLog() {}

    static void tell(Effect.CoverageChanged changed) {
        for (CoverageGap gap : changed.opened()) {
            if (gap.isOpen()) {
                LOG.error("BLIND: {} since {}: {}", concerned(gap), gap.from(), gap.reason());
            } else {
                LOG.error(
                        "Coverage gap of {} from {} to {}: {}",
                        concerned(gap),
                        gap.from(),
                        gap.to().map(Object::toString).orElse(""),
                        gap.reason());
            }
        }
        for (CoverageGap gap : changed.ended()) {
            LOG.warn(
                    "Seeing again: {} from {} on; the gap since {} stays recorded until a census ({})",
                    concerned(gap),
                    gap.to().map(Object::toString).orElse(""),
                    gap.from(),
                    gap.reason());
        }
    }

    private static String concerned(CoverageGap gap) {
        return gap.promotions().isEmpty()
                ? "all promotions"
                : gap.promotions().stream().map(PromotionId::value).sorted().collect(Collectors.joining(", "));
    }
}
