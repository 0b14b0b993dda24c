package io.promotionverifier.app.board;

import io.promotionverifier.core.pipeline.PromotionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where the line pins its latest checkpoint and the heartbeat its findings, for HTTP, metrics and logs to read. Safe
 * for use by many threads; each reference is replaced whole.
 */
public final class Board {
    /** After this long without a checkpoint a status says nothing of now. */
    public static final Duration STALE = Duration.ofSeconds(30);

    /** After this long without an acknowledged checkpoint the verifier is not ready. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(10);

    private volatile List<PromotionStatus> statuses = List.of();
    private volatile Optional<Instant> committed = Optional.empty();
    private volatile SourceVitals vitals = SourceVitals.UNKNOWN;
    private volatile Optional<String> trouble = Optional.of("starting");
    private volatile Optional<String> brokerTrouble = Optional.empty();
    private volatile boolean stopped;

    /** Pins a committed checkpoint. */
    public void committed(List<PromotionStatus> latest, Instant when) {
        statuses = List.copyOf(latest);
        committed = Optional.of(when);
    }

    /** Pins what the heartbeat found. */
    public void vitals(SourceVitals latest) {
        vitals = latest;
    }

    /** Says why nothing comes from the source, or that it does again. */
    public void trouble(Optional<String> reason) {
        trouble = reason;
    }

    /** Says why Kafka acknowledges nothing, or that it does again. */
    public void brokerTrouble(Optional<String> reason) {
        brokerTrouble = reason;
    }

    /** The verifier has ended: nothing here is live any more. */
    public void stopped() {
        stopped = true;
    }

    /** The promotions as of the last committed checkpoint. */
    public List<PromotionStatus> statuses() {
        return statuses;
    }

    /** When the last checkpoint was acknowledged, by this machine's clock. */
    public Optional<Instant> committed() {
        return committed;
    }

    /** What is known of the source. */
    public SourceVitals vitals() {
        return vitals;
    }

    /** Why nothing can be told or nothing comes from the source, if so. */
    public Optional<String> trouble() {
        return brokerTrouble.or(() -> trouble);
    }

    /** Why the latest checkpoint says nothing of now, if so. */
    public Optional<String> doubt(Instant now) {
        return brokerTrouble.or(() -> committed
                .map(when -> Duration.between(when, now))
                .filter(age -> age.compareTo(STALE) > 0)
                .map(age -> "the last checkpoint is " + age.toSeconds() + " s old"));
    }

    /** True until the verifier has ended. */
    public boolean isLive() {
        return !stopped;
    }

    /** True once a checkpoint was acknowledged. */
    public boolean isStarted() {
        return committed.isPresent();
    }

    /** True while checkpoints are acknowledged. */
    public boolean isReady(Instant now) {
        return isLive()
                && committed.isPresent()
                && committed.get().plus(READY_WITHIN).isAfter(now);
    }
}
