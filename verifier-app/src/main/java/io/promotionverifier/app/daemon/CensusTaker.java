package io.promotionverifier.app.daemon;

import io.promotionverifier.app.board.Board;
import io.promotionverifier.core.census.CensusAgenda;
import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.census.CensusCounts;
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
 * Takes the census: asks the core what to read, reads it, and hands it over; while a chunk waits for the stream, it
 * reads the next. It rests as long as others held it up. This machine's clock decides when a daily census begins and
 * how long to rest, and nothing else. Confined to the census' thread.
 */
final class CensusTaker implements Runnable, AutoCloseable {
    /** How often {@link #run} should be called. */
    static final Duration GLANCE = Duration.ofMillis(20);

    private static final Logger LOG = LoggerFactory.getLogger(CensusTaker.class);
    private static final Duration EVERY = Duration.ofHours(24);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Map<TableName, ChunkReader> readers;
    private final HeartbeatWriter pulse;
    private final CaptureLine line;
    private final Board board;
    private final Clock clock;
    private final Courtesy courtesy = new Courtesy();
    private Duration pause = FIRST_PAUSE;
    private Optional<Done> told = Optional.empty();
    private Optional<Done> ahead = Optional.empty();
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

    /** A chunk as it was read for a task. */
    private record Done(CensusAgenda.Task task, CensusChunk chunk) {}

    private void step(CensusAgenda agenda) {
        if (agenda.task().isPresent()) {
            tell(agenda.task().get());
        } else if (agenda.running().isEmpty() && !agenda.paused()) {
            next(agenda, clock.instant()).ifPresent(this::begin);
        } else if (!agenda.paused() && ahead.isEmpty()) {
            told.flatMap(done -> done.task().behind(done.chunk())).ifPresent(task -> ahead = read(task));
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
        told = Optional.empty();
        ahead = Optional.empty();
        courtesy.forget();
        line.census(reader(table).begin());
        pulse.beat();
    }

    private void tell(CensusAgenda.Task task) {
        boolean again = told.filter(before -> before.task().place().equals(task.place()))
                .isPresent();
        Optional<Done> expected = ahead.filter(done -> done.task().equals(task));
        ahead = Optional.empty();
        Optional<Done> now = expected.isPresent() ? expected : read(task);
        now.ifPresent(done -> {
            line.census(done.chunk());
            told = now;
        });
        if (again) {
            LOG.debug("The census waits for transactions that were running when it began");
            restLonger();
        } else {
            pause = FIRST_PAUSE;
        }
    }

    /** Reads a chunk, or begins again because the rows have moved. */
    private Optional<Done> read(CensusAgenda.Task task) {
        TableName table = task.place().table();
        long begin = System.nanoTime();
        Optional<CensusChunk> chunk = reader(table).read(task);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        chunk.ifPresentOrElse(
                read -> {
                    pulse.beat();
                    rest(courtesy.owed(rows(read), took));
                },
                () -> {
                    LOG.info("The rows of {} were moved: its census begins again", table);
                    begin(table);
                });
        return chunk.map(read -> new Done(task, read));
    }

    private static long rows(CensusChunk chunk) {
        return chunk.counts().stream().mapToLong(CensusCounts::rows).max().orElse(0);
    }

    private void rest(Duration time) {
        restUntilNanos = System.nanoTime() + time.toNanos();
    }

    private void restLonger() {
        rest(pause);
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
