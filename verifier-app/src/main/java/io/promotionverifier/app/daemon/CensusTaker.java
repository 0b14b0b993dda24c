package io.promotionverifier.app.daemon;

import io.promotionverifier.app.board.Board;
import io.promotionverifier.core.census.CensusAgenda;
import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.census.ChunkReader;
import io.promotionverifier.postgres.heartbeat.HeartbeatWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the census: asks the core what to read, reads it, and hands it over; at most half of the time. This machine's
 * clock decides when a daily census begins and how long to rest, and nothing else. Confined to the census' thread.
 */
final class CensusTaker implements Runnable, AutoCloseable {
    /** How often {@link #run} should be called. */
    static final Duration GLANCE = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(CensusTaker.class);
    private static final Duration EVERY = Duration.ofHours(24);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Map<TableName, ChunkReader> readers;
    private final HeartbeatWriter pulse;
    private final CaptureLine line;
    private final Board board;
    private final Clock clock;
    private Duration pause = FIRST_PAUSE;
    private Optional<CensusChunk.Place> lastRead = Optional.empty();
    private long restUntilNanos = System.nanoTime();
    private boolean failing;

    /** @param pulse moves the stream past each chunk; a writer of its own */
    CensusTaker(
            Map<TableName, ChunkReader> readers, HeartbeatWriter pulse, CaptureLine line, Board board, Clock clock) {
        this.readers = Map.copyOf(readers);
        this.pulse = pulse;
        this.line = line;
        this.board = board;
        this.clock = clock;
    }

    /** Takes one step, if there is one to take. */
    @Override
    public void run() {
        boolean seeing = board.isStarted() && board.trouble().isEmpty();
        if (!seeing || System.nanoTime() - restUntilNanos < 0) {
            return;
        }
        try {
            step(line.census());
            failing = false;
        } catch (LineBrokenException e) {
            LOG.debug("The line is broken; whoever broke it tells why");
        } catch (SourceException e) {
            if (!failing) {
                LOG.warn("The census rests: {}", e.getMessage());
                failing = true;
            }
            restLonger();
        }
    }

    private void step(CensusAgenda agenda) {
        if (agenda.task().isPresent()) {
            read(agenda.task().get());
        } else if (agenda.running().isEmpty() && !agenda.paused()) {
            next(agenda, clock.instant()).ifPresent(this::begin);
        }
    }

    /** The table to look at: one that is due, else one that nobody looked at for a day. */
    static Optional<TableName> next(CensusAgenda agenda, Instant now) {
        Instant yesterday = now.minus(EVERY);
        return agenda.due().stream()
                .findFirst()
                .or(() -> agenda.finished().entrySet().stream()
                        .filter(table -> table.getValue().isBefore(yesterday))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .findFirst());
    }

    private ChunkReader reader(TableName table) {
        return Optional.ofNullable(readers.get(table)).orElseThrow();
    }

    private void begin(TableName table) {
        LOG.info("A census of {} begins", table);
        line.census(reader(table).begin());
        pulse.beat();
    }

    private void read(CensusAgenda.Task task) {
        boolean again = lastRead.equals(Optional.of(task.place()));
        long begin = System.nanoTime();
        line.census(reader(task.place().table()).read(task));
        pulse.beat();
        lastRead = Optional.of(task.place());
        if (again) {
            LOG.debug("The census waits for transactions that were running when it began");
            restLonger();
        } else {
            pause = FIRST_PAUSE;
            restUntilNanos = System.nanoTime() + (System.nanoTime() - begin);
        }
    }

    private void restLonger() {
        restUntilNanos = System.nanoTime() + pause.toNanos();
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    /** Closes the connections. */
    @Override
    public void close() {
        readers.values().forEach(ChunkReader::close);
        pulse.close();
    }
}
