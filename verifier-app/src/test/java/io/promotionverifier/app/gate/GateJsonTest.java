package io.promotionverifier.app.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.gate.Check;
import io.promotionverifier.core.gate.Check.Result;
import io.promotionverifier.core.gate.Figure;
import io.promotionverifier.core.gate.GateReport;
import io.promotionverifier.core.pipeline.GateOverride;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The gate's answer is the contract's, member by member, against a file that was written by hand from it. */
class GateJsonTest {
    private static final PromotionId PROMOTION = new PromotionId("PROMO-001");

    private static Check check(
            String name, Result result, Optional<Figure> observed, Optional<Figure> required, String detail) {
        return new Check(name, result, observed, required, detail);
    }

    private static Optional<Figure> words(String value) {
        return Optional.of(new Figure.Words(value));
    }

    private static Optional<Figure> span(long seconds) {
        return Optional.of(new Figure.Span(Duration.ofSeconds(seconds)));
    }

    private static Optional<Figure> share(double value) {
        return Optional.of(new Figure.Share(value));
    }

    private static Optional<Figure> count(long value) {
        return Optional.of(new Figure.Count(value));
    }

    @Test
    void ratesAreSharesSpansAreSecondsAndWhatNobodyKnowsIsNull() throws IOException {
        GateReport report = new GateReport(
                PROMOTION,
                Phase.C,
                List.of(
                        check(
                                "verified_time",
                                Result.FAIL,
                                span(1_468_800),
                                span(2_592_000),
                                "1123200 s of verified time are missing"),
                        check("null_rate", Result.PASS, share(0.005), share(0.01), "4 of 800 rows"),
                        check("open_findings", Result.PASS, count(0), count(0), "no row disagrees"),
                        check(
                                "verdict",
                                Result.UNKNOWN,
                                Optional.empty(),
                                words("OK"),
                                "the last checkpoint is 40 s old"),
                        check("index", Result.WARN, words("absent"), Optional.empty(), "no index")),
                false,
                Optional.of(new GateOverride(
                        GateOverride.id(PROMOTION, 1, 7),
                        PROMOTION,
                        Phase.C,
                        List.of("verified_time"),
                        Instant.parse("2025-01-16T09:30:00Z"),
                        "ana",
                        "the board decided")));

        try (InputStream file = GateJsonTest.class.getResourceAsStream("/contract/gate.json")) {
            byte[] golden = Objects.requireNonNull(file, "gate.json").readAllBytes();
            assertThat(Json.parse(Json.bytes(GateJson.of(report))).toPrettyString())
                    .isEqualTo(Json.parse(golden).toPrettyString());
        }
    }
}
