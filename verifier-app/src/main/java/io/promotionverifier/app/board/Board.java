package io.promotionverifier.app.board;

import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.promotion.PromotionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

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
    private final Map<ReportTrouble.Report, String> reportTroubles = new ConcurrentHashMap<>();
    private volatile Optional<Long> generation = Optional.empty();
    private final EventFeed feed = new EventFeed();

    /** Pins a committed checkpoint. */
    public void committed(List<PromotionStatus> latest, Instant when) {
        statuses = List.copyOf(latest);
        committed = Optional.of(when);
    }

    /** Says what the checkpoints belong to. */
    public void restored(long ofGeneration) {
        generation = Optional.of(ofGeneration);
    }

    /** What the checkpoints belong to; absent before the last one was restored. */
    public Optional<Long> generation() {
        return generation;
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

    /** Says why a report says nothing of now, or that it does again. */
    public void reportTrouble(PromotionId promotion, String report, Optional<String> reason) {
        ReportTrouble.Report key = new ReportTrouble.Report(promotion, report);
        reason.ifPresentOrElse(why -> reportTroubles.put(key, why), () -> reportTroubles.remove(key));
    }

    /** The reports that say nothing of now, with the reason. */
    public List<ReportTrouble> reportTroubles() {
        return reportTroubles.entrySet().stream()
                .map(entry -> new ReportTrouble(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The events as they are committed. */
    public EventFeed feed() {
        return feed;
    }

    /** The verifier has ended: nothing here is live any more. */
    public void stopped() {
        stopped = true;
    }

    /** The promotions as of the last committed checkpoint. */
    public List<PromotionStatus> statuses() {
        return statuses;
    }

    /** One of them; absent before the first checkpoint. */
    public Optional<PromotionStatus> status(PromotionId promotion) {
        return statuses.stream()
                .filter(status -> status.promotion().equals(promotion))
                .findFirst();
    }

    /** When the last checkpoint was acknowledged, by this machine's clock. */
    public Optional<Instant> committed() {
        return committed;
    }

    /** What is known of the source. */
    public SourceVitals vitals() {
        return vitals;
    }

    /** How far the latest checkpoint is behind the server's clock, in seconds; absent before both are known. */
    public Optional<Double> lagSeconds() {
        return vitals.lagSeconds(statuses.stream().findFirst().flatMap(PromotionStatus::streamTime));
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
