package io.promotionverifier.app.daemon;

import io.promotionverifier.app.assembly.Assembly;
import io.promotionverifier.app.assembly.Reports;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.config.PromotionConfig;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.config.form.Secret;
import io.promotionverifier.app.http.HttpSurface;
import io.promotionverifier.app.metrics.Meters;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.app.servers.SourceServer;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.postgres.access.NotSetUpException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A running verifier: takes the lock, takes over from a predecessor, goes on from its checkpoint, and ends with a last
 * one. Over an outage of Kafka it stays and goes on by itself. Built and closed by one thread; {@link #await} may be
 * called by any.
 */
public final class Daemon implements AutoCloseable {
    private final Closing closing = new Closing();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final VerifierConfig config;
    private final Meters.BuildInfo build;
    private final Board board = new Board();
    private Optional<Meters> meters = Optional.empty();
    private int httpPort;

    private Daemon(VerifierConfig config, Meters.BuildInfo build) {
        this.config = config;
        this.build = build;
    }

    /**
     * Starts a verifier; when this returns it goes on from its last checkpoint.
     *
     * @throws NotSetUpException if setup has not run, or what it made is gone
     */
    public static Daemon start(VerifierConfig config, SourceServer source, KafkaServer kafka, Meters.BuildInfo build) {
        Daemon daemon = new Daemon(config, build);
        try {
            daemon.open(source, kafka);
            return daemon;
        } catch (RuntimeException e) {
            daemon.close();
            throw e;
        }
    }

    private void open(SourceServer source, KafkaServer kafka) {
        KafkaConnection connection =
                new KafkaConnection(kafka.bootstrap(), config.kafka().prefix(), kafka.client());
        LineRun.Surroundings around = new LineRun.Surroundings(
                config, source, connection, board, this::meters, build.version(), Clock.systemUTC());
        LineRun first = LineRun.restore(around);
        try {
            serve(source, connection, first.meters());
            first.begin();
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
        keep(new LineKeeper(first, around, kafka));
    }

    /** One set of meters for all runs of the line: a scraper sees no break. */
    private synchronized Meters meters(Assembly assembly) {
        Meters made = meters.orElseGet(() -> made(assembly));
        meters = Optional.of(made);
        return made;
    }

    private Meters made(Assembly assembly) {
        Meters made = new Meters(board, assembly.promotions(), config.source().name(), build);
        for (PromotionConfig promotion : config.promotions()) {
            made.reportLimit(promotion.id(), promotion.policy().abort().reportDivergenceMaxRows());
        }
        Reports.of(config, assembly).forEach(report -> made.report(report.promotion(), report.id()));
        return made;
    }

    private void serve(SourceServer source, KafkaConnection connection, Meters shown) {
        HttpSurface http = new HttpSurface(
                new HttpSurface.Address(
                        config.http().bind(),
                        config.http().port(),
                        new HashSet<>(config.http().hosts()),
                        config.auth().token().map(Secret::reveal)),
                board,
                shown,
                new LivePages(board, connection, new LiveGate(config, source, board)),
                new LiveOrders(config, connection));
        httpPort = http.port();
        closing.add("HTTP", http);
    }

    private void keep(LineKeeper keeper) {
        Clockwork thread = new Clockwork("keeper", () -> keep(keeper, end), Duration.ZERO, end::completeExceptionally);
        closing.add("the line", () -> {
            keeper.stop();
            thread.close();
            keeper.close();
        });
    }

    private static void keep(LineKeeper keeper, CompletableFuture<Void> end) {
        try {
            keeper.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end.complete(null);
        }
    }

    /** The port of the HTTP surface. */
    public int httpPort() {
        return httpPort;
    }

    /** What the daemon shows of itself. */
    public Board board() {
        return board;
    }

    /**
     * Waits until the daemon ends.
     *
     * @throws RuntimeException why it ended, when it was not told to
     */
    public void await() throws InterruptedException {
        try {
            end.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the daemon ended", e.getCause());
        }
    }

    /** Stops the engine, writes a last checkpoint and lets go of everything, the last taken first. */
    @Override
    public void close() {
        board.stopped();
        closing.close();
        end.complete(null);
    }
}
