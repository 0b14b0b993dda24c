package io.promotionverifier.app.daemon;

import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.config.PromotionConfig;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.gate.GateJson;
import io.promotionverifier.app.gate.GateQuestion;
import io.promotionverifier.app.http.UnavailableException;
import io.promotionverifier.app.servers.SourceServer;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SourceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The gate of a running verifier: the board's evidence, and what the source says, read again when it is
 * {@value #FRESH_SECONDS} s old, so that who asks often costs the source nothing. Safe for use by many threads; one
 * asks the source at a time.
 */
final class LiveGate {
    private static final int FRESH_SECONDS = 10;

    private final VerifierConfig config;
    private final SourceServer source;
    private final Board board;
    private final Map<PromotionId, Asked> asked = new HashMap<>();

    /** A question and when it was read. */
    private record Asked(GateQuestion question, Instant read) {}

    LiveGate(VerifierConfig config, SourceServer source, Board board) {
        this.config = config;
        this.source = source;
        this.board = board;
    }

    /**
     * The gate's answer as JSON.
     *
     * @throws UnavailableException if the source does not answer
     */
    String ask(Phase to, PromotionStatus evidence) {
        Instant now = Clock.systemUTC().instant();
        GateQuestion question = question(evidence.promotion(), now);
        return GateJson.of(question.ask(to, evidence, now, board.doubt(now))).toString();
    }

    private synchronized GateQuestion question(PromotionId id, Instant now) {
        Asked known = asked.get(id);
        if (known != null && Duration.between(known.read(), now).toSeconds() < FRESH_SECONDS) {
            return known.question();
        }
        PromotionConfig promotion = config.promotion(id).orElseThrow();
        try (Session session = source.access().openReadOnly()) {
            GateQuestion question = GateQuestion.read(config, promotion, session);
            asked.put(id, new Asked(question, now));
            return question;
        } catch (SourceException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }
}
