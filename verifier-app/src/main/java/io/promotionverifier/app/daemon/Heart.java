package io.promotionverifier.app.daemon;

import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.board.SourceVitals;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.heartbeat.Beat;
import io.promotionverifier.postgres.heartbeat.HeartbeatWriter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Beats through the log and pins on the board what it learns of the source. Confined to the heartbeat's thread. */
final class Heart implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Heart.class);

    /** What a session is told that the server ends on its way down. */
    private static final Set<String> LEAVING = Set.of("57P01", "57P02", "57P03");

    private final HeartbeatWriter writer;
    private final CaptureLine line;
    private final Board board;
    private final Consumer<String> serverLeaves;
    private boolean failing;

    /** @param serverLeaves is told when the server shuts down: it waits for those who stream from it */
    Heart(HeartbeatWriter writer, CaptureLine line, Board board, Consumer<String> serverLeaves) {
        this.writer = writer;
        this.line = line;
        this.board = board;
        this.serverLeaves = serverLeaves;
    }

    /** Beats once. A failure is told when it begins and when it ends; the silence that follows is the supervisor's. */
    @Override
    public void run() {
        try {
            Beat beat = writer.beat();
            OptionalLong retained =
                    beat.slot().map(Beat.SlotBudget::retainedBytes).orElse(OptionalLong.empty());
            board.vitals(new SourceVitals(
                    line.echoed(), Optional.of(beat.message().time()), Optional.of(beat.current()), retained));
            if (failing) {
                LOG.info("The heartbeat goes through again");
                failing = false;
            }
        } catch (SourceException e) {
            // How far behind a silent server we are, nobody knows: the last figure would look like good news.
            board.vitals(new SourceVitals(line.echoed(), Optional.empty(), Optional.empty(), OptionalLong.empty()));
            e.sqlState().filter(LEAVING::contains).ifPresent(state -> serverLeaves.accept("the server shuts down"));
            if (!failing) {
                LOG.warn("No heartbeat could be written: {}", e.getMessage());
                failing = true;
            }
        }
    }
}
