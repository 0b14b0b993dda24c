package io.promotionverifier.app.gate;

import io.promotionverifier.app.assembly.Assembly;
import io.promotionverifier.app.config.GateConfig;
import io.promotionverifier.app.config.PromotionConfig;
import io.promotionverifier.app.config.ReportConfig;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.core.gate.Gate;
import io.promotionverifier.core.gate.GateFacts;
import io.promotionverifier.core.gate.GateFacts.ExpectedReport;
import io.promotionverifier.core.gate.GateFacts.TargetColumn;
import io.promotionverifier.core.gate.GatePolicy;
import io.promotionverifier.core.gate.GateReport;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.gate.TargetColumnReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the gate asks of one promotion but for the evidence.
 *
 * @param promotion the promotion, with what the catalog says of it
 * @param policy the limits
 * @param column the promoted column as it is now
 * @param reports those that must be equal
 */
public record GateQuestion(Promotion promotion, GatePolicy policy, TargetColumn column, List<ExpectedReport> reports) {
    public GateQuestion {
        reports = List.copyOf(reports);
    }

    /**
     * Reads what the source says; the other promotions of the configuration are not looked at.
     *
     * @param asked a promotion of the configuration that has a column
     * @throws io.promotionverifier.postgres.access.NotSetUpException if it cannot be verified, with every reason
     */
    public static GateQuestion read(VerifierConfig config, PromotionConfig asked, Session session) {
        VerifierConfig alone = new VerifierConfig(
                config.data(),
                config.source(),
                config.kafka(),
                config.http(),
                config.auth(),
                config.defaults(),
                List.of(asked),
                List.of());
        Promotion promotion = Assembly.of(alone, session).promotions().get(0);
        return new GateQuestion(
                promotion,
                policy(asked),
                new TargetColumnReader(session).read(promotion.table(), promotion.from(), promotion.to()),
                expected(config, asked));
    }

    private static GatePolicy policy(PromotionConfig asked) {
        GateConfig limits = asked.policy().gate();
        return new GatePolicy(limits.nullRate(), limits.unverifiableRate(), limits.censusAge());
    }

    private static List<ExpectedReport> expected(VerifierConfig config, PromotionConfig asked) {
        return config.reports().stream()
                .filter(report -> report.promotion().equals(asked.id()))
                .map(GateQuestion::expected)
                .toList();
    }

    private static ExpectedReport expected(ReportConfig report) {
        return new ExpectedReport(report.id(), report.every());
    }

    /**
     * What the gate would have said where nobody can ask the source any more: what the source says is unknown.
     *
     * @param promotion as it was judged
     * @param asked the limits
     * @param evidence of then
     * @param then when
     */
    public static GateReport inRetrospect(
            Phase to,
            Promotion promotion,
            VerifierConfig config,
            PromotionConfig asked,
            PromotionStatus evidence,
            Instant then) {
        GateFacts facts =
                new GateFacts(then, Optional.empty(), Optional.empty(), expected(config, asked), Optional.empty());
        return Gate.judge(to, promotion, policy(asked), evidence, facts);
    }

    /**
     * Asks.
     *
     * @param doubt why the evidence says nothing of now, if so
     */
    public GateReport ask(Phase to, PromotionStatus evidence, Instant now, Optional<String> doubt) {
        GateFacts facts = new GateFacts(now, doubt, Optional.of(column), reports, Optional.empty());
        return Gate.judge(to, promotion, policy, evidence, facts);
    }
}
