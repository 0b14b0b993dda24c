package io.promotionverifier.app.daemon;

import io.promotionverifier.app.assembly.ConnectorTopics;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.metrics.Meters;
import io.promotionverifier.app.metrics.Meters.RestartCause;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.KafkaConnectorException;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.decode.UnreadableMarks;
import io.promotionverifier.postgres.engine.ArrivalHandler;
import io.promotionverifier.postgres.engine.Confirmation;
import io.promotionverifier.topics.decode.UnreadableTopicException;
import io.promotionverifier.topics.read.ChangeTopics;
import io.promotionverifier.topics.read.LateRecordException;
import io.promotionverifier.topics.read.Position;
import io.promotionverifier.topics.read.TopicReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps reading the change topics of a connector that runs elsewhere: from the position of the last checkpoint, or
 * behind a recorded gap where the topics no longer hold what lay there. Confined to the thread that runs it, but for
 * {@link #stop}.
 */
final class TopicStream {
    private static final Logger LOG = LoggerFactory.getLogger(TopicStream.class);
    private static final Duration SILENCE = Duration.ofSeconds(25);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(20);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final ConnectorTopics topics;
    private final Servers servers;
    private final PublisherSink sink;
    private final CaptureLine line;
    private final Board board;
    private final Meters meters;
    private final Clock clock;
    private final TroubleLog log;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Position position;
    private Optional<String> disorder = Optional.empty();
    private Duration pause = FIRST_PAUSE;
    private boolean blindTold;

    /**
     * Who is asked.
     *
     * @param connection Kafka
     * @param access the database, for the end of its log
     */
    record Servers(KafkaConnection connection, PostgresAccess access) {}

    /**
     * What is watched over.
     *
     * @param board where trouble is pinned
     * @param meters count restarts
     * @param clock this machine's
     */
    record Watch(Board board, Meters meters, Clock clock) {}

    TopicStream(
            ConnectorTopics topics,
            Servers servers,
            Position position,
            PublisherSink sink,
            CaptureLine line,
            Watch watch) {
        this.topics = topics;
        this.servers = servers;
        this.position = position;
        this.sink = sink;
        this.line = line;
        this.board = watch.board();
        this.meters = watch.meters();
        this.clock = watch.clock();
        this.log = new TroubleLog(clock);
    }

    /** Runs until stopped, or until the line is broken. */
    void run() throws InterruptedException {
        while (stop.getCount() > 0) {
            try {
                runOnce();
            } catch (LateRecordException e) {
                disorder = Optional.ofNullable(e.getMessage());
                rest(RestartCause.OTHER, String.valueOf(e.getMessage()));
            } catch (UnreadableTopicException | NotSetUpException e) {
                tellBlind(String.valueOf(e.getMessage()));
                rest(RestartCause.NOT_SET_UP, String.valueOf(e.getMessage()));
            } catch (SourceException | KafkaConnectorException e) {
                line.broken().ifPresent(cause -> {
                    throw cause;
                });
                rest(RestartCause.CONNECTION, String.valueOf(e.getMessage()));
            }
        }
    }

    private void runOnce() throws InterruptedException {
        try (ChangeTopics described = new ChangeTopics(servers.connection(), topics.names())) {
            List<String> missing = described.missing();
            if (!missing.isEmpty()) {
                throw new NotSetUpException("topic " + String.join(", ", missing) + " does not exist: see doctor");
            }
            Optional<String> loss = disorder.or(() -> described.loss(position));
            if (loss.isPresent()) {
                goOnBehind(described, loss.get());
            } else {
                line.streamFrom(Lsn.ZERO);
            }
            UnreadableMarks marks = UnreadableMarks.random();
            try (TopicReader reader = TopicReader.open(
                    servers.connection(), described, position, topics.changes(marks), topics.decoder(marks))) {
                read(reader, described);
            }
        }
    }

    /** The position goes into the checkpoint that records the gap. */
    private void goOnBehind(ChangeTopics described, String loss) {
        Position now = TopicBeginning.now(described, servers.access());
        LOG.warn("Reading goes on at {} behind a gap: {}", now.from(), loss);
        line.streamBehind(now.from(), loss, () -> sink.readFrom(now.text()));
        position = now;
        disorder = Optional.empty();
    }

    private void read(TopicReader reader, ChangeTopics described) throws InterruptedException {
        Instant begin = clock.instant();
        LOG.info("Reading {}", String.join(", ", topics.names()));
        Confirmation confirmation = watermark -> {
            Position reached = reader.bookmarks().at(watermark);
            position = reached;
            sink.readFrom(reached.text());
        };
        ArrivalHandler handler = line.handler();
        Instant looked = begin;
        while (stop.getCount() > 0 && disorder.isEmpty()) {
            handler.onBatch(reader.next(POLL), confirmation);
            reader.overlooked().forEach(meters::passedOver);
            look(begin);
            if (clock.instant().isAfter(looked.plus(LOOK_EVERY))) {
                looked = clock.instant();
                disorder = described.loss(position);
            }
        }
    }

    private void look(Instant begin) {
        if (isSilent()) {
            String reason = "nothing came through the topics for " + SILENCE.toSeconds()
                    + " s: does the connector run, and write to "
                    + topics.form().messageTopic() + "?";
            tellBlind(reason);
            board.trouble(Optional.of(reason));
        } else if (board.trouble().isPresent() && line.lastSight().isAfter(begin)) {
            board.trouble(Optional.empty());
            blindTold = false;
            log.over();
            pause = FIRST_PAUSE;
        }
    }

    private boolean isSilent() {
        return clock.instant().isAfter(line.lastSight().plus(SILENCE));
    }

    private void tellBlind(String reason) {
        if (!blindTold) {
            blindTold = true;
            line.blind("blind: " + reason);
        }
    }

    private void rest(RestartCause cause, String reason) throws InterruptedException {
        meters.restarted(cause);
        board.trouble(Optional.of(reason));
        if (log.tells(cause + ": " + reason)) {
            LOG.warn("The reading of the topics ended ({}): {}; again in {} ms", cause, reason, pause.toMillis());
        }
        if (isSilent()) {
            tellBlind(reason);
        }
        if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    /** Stops after the batch in hand; safe from any thread. */
    void stop() {
        stop.countDown();
    }
}
