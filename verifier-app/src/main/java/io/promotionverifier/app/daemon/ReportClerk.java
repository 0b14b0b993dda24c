package io.promotionverifier.app.daemon;

import io.promotionverifier.app.assembly.Reports.Report;
import io.promotionverifier.app.assembly.Reports.Source;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.metrics.Meters;
import io.promotionverifier.core.judge.ReportReading;
import io.promotionverifier.core.judge.ReportTrigger.Standing;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.report.ReportPair;
import io.promotionverifier.postgres.report.ReportReader;
import io.promotionverifier.postgres.report.ReportResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every report when it is due and tells the line what it gave. What could not be read is unknown, said once.
 * Confined to its thread but for {@link #close}.
 */
final class ReportClerk implements Runnable, AutoCloseable {
    /** How often it looks whether a report is due. */
    static final Duration GLANCE = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(ReportClerk.class);
    private static final Duration AGAIN_AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** A stream that is further behind has to catch up. */
    private static final double BEHIND_SECONDS = 10;

    /** So long a generated pair waits for that. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** A write between its two transactions is gone from the next look; a difference that stays is in each. */
    private static final int LOOKS = 3;

    private final ReportReader reader;
    private final CaptureLine line;
    private final Board board;
    private final Meters meters;
    private final Clock clock;
    private final List<Appointment> appointments = new ArrayList<>();
    private volatile boolean closing;

    ReportClerk(ReportReader reader, CaptureLine line, Board board, Meters meters, Clock clock) {
        this.reader = reader;
        this.line = line;
        this.board = board;
        this.meters = meters;
        this.clock = clock;
    }

    /** When a report is read next, and from which transaction on its rows are left out. */
    private static final class Appointment {
        private final Report report;
        private Instant due;
        private Optional<String> horizon = Optional.empty();
        private boolean failing;
        private boolean divergent;

        Appointment(Report report, Instant due) {
            this.report = report;
            this.due = due;
        }
    }

    /**
     * Takes on a report.
     *
     * @param known how the promotion's reports stood at the last checkpoint: one that was read before is read again
     *     when it is due, not because we began
     */
    void takeOn(Report report, Map<String, Standing> known) {
        Optional<Standing> standing = Optional.ofNullable(known.get(report.id()));
        Instant now = clock.instant();
        Instant due = standing.filter(before -> before.divergentSince().isEmpty())
                .map(before -> before.latest().read().plus(report.every()))
                .filter(now::isBefore)
                .orElse(now);
        if (standing.isEmpty()) {
            board.reportTrouble(report.promotion(), report.id(), Optional.of("not read yet"));
        }
        appointments.add(new Appointment(report, due));
    }

    /** Reads what is due. */
    @Override
    public void run() {
        for (Appointment appointment : appointments) {
            Instant now = clock.instant();
            if (!closing && !now.isBefore(appointment.due) && !givesWay(appointment, now)) {
                keep(appointment);
            }
        }
    }

    /**
     * A generated pair reads the whole table, once a day: while the stream has to catch up, and the slot keeps the
     * server's log, that can wait. Before a census has told which rows disagree, the pair could tell nothing new.
     */
    private boolean givesWay(Appointment appointment, Instant now) {
        if (!(appointment.report.source() instanceof Source.Generated) || appointment.horizon.isPresent()) {
            return false;
        }
        boolean isBehind = board.lagSeconds().orElse(Double.MAX_VALUE) > BEHIND_SECONDS;
        return !hasCensus(appointment.report.promotion()) || (isBehind && now.isBefore(appointment.due.plus(PATIENCE)));
    }

    private boolean hasCensus(PromotionId promotion) {
        return board.status(promotion)
                .filter(status -> status.census().latest().isPresent())
                .isPresent();
    }

    private void keep(Appointment appointment) {
        Report report = appointment.report;
        try {
            if (report.source() instanceof Source.Generated && appointment.horizon.isEmpty()) {
                appointment.horizon = Optional.of(reader.horizon());
                appointment.due = clock.instant().plus(report.grace());
                return;
            }
            ReportResult result = read(report, pair(appointment));
            if (result.isConclusive(report.maximum())) {
                told(appointment, result);
            } else {
                failed(
                        appointment,
                        "at least " + result.divergentRows()
                                + " rows differ, too many to be counted in memory: let the queries aggregate");
            }
        } catch (SourceException e) {
            if (!closing) {
                failed(appointment, String.valueOf(e.getMessage()));
            }
        }
    }

    private static ReportPair pair(Appointment appointment) {
        Source source = appointment.report.source();
        return source instanceof Source.Written written
                ? written.pair()
                : ((Source.Generated) source).pair().over(appointment.horizon.orElseThrow());
    }

    private ReportResult read(Report report, ReportPair pair) {
        ReportResult result = reader.read(pair, report.plain());
        for (int look = 1; look < LOOKS && result.divergentRows() > report.maximum(); look++) {
            result = reader.read(pair, report.plain());
        }
        return result;
    }

    private void told(Appointment appointment, ReportResult result) {
        Report report = appointment.report;
        ReportReading reading = new ReportReading(
                report.id(),
                result.divergentRows(),
                result.rows(),
                report.maximum(),
                result.taken(),
                report.source() instanceof Source.Generated,
                result.counted());
        line.told(new Input.ReportRead(report.promotion(), reading));
        board.reportTrouble(report.promotion(), report.id(), Optional.empty());
        log(appointment, reading, result);
        Duration pause = isNews(report, reading) ? report.grace().plus(MARGIN) : report.every();
        appointment.due = clock.instant().plus(pause.compareTo(report.every()) < 0 ? pause : report.every());
        appointment.horizon = Optional.empty();
        appointment.failing = false;
        appointment.divergent = reading.isDivergent();
    }

    /** True when the divergence began with this reading: after grace it counts. */
    private boolean isNews(Report report, ReportReading reading) {
        return board.status(report.promotion())
                .map(status -> status.reports().get(report.id()))
                .filter(standing -> standing.divergentSince().equals(Optional.of(reading.read())))
                .isPresent();
    }

    private static void log(Appointment appointment, ReportReading reading, ReportResult result) {
        Report report = appointment.report;
        if (reading.isDivergent() && !appointment.divergent) {
            LOG.warn(
                    "Report {} of {}: {}{} of {} rows differ, {} may{}",
                    report.id(),
                    report.promotion(),
                    result.counted() ? "" : "at least ",
                    reading.divergentRows(),
                    reading.rows(),
                    reading.maximum(),
                    result.examples().isEmpty() ? "" : ": " + String.join("; ", result.examples()));
        } else if (appointment.divergent && !reading.isDivergent()) {
            LOG.info("Report {} of {}: both sides give the same rows again", report.id(), report.promotion());
        } else if (appointment.failing) {
            LOG.info("Report {} of {} can be read again", report.id(), report.promotion());
        }
    }

    private void failed(Appointment appointment, String why) {
        Report report = appointment.report;
        board.reportTrouble(report.promotion(), report.id(), Optional.of(why));
        meters.reportFailed(report.promotion(), report.id());
        if (!appointment.failing) {
            LOG.warn("Report {} of {} is unknown: {}", report.id(), report.promotion(), why);
        }
        appointment.failing = true;
        appointment.horizon = Optional.empty();
        boolean often = report.every().compareTo(AGAIN_AFTER_FAILURE) < 0;
        appointment.due = clock.instant().plus(often ? report.every() : AGAIN_AFTER_FAILURE);
    }

    /** Ends the reading that is under way. */
    @Override
    public void close() {
        closing = true;
        reader.close();
    }
}
