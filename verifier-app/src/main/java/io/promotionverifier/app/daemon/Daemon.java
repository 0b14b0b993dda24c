package io.promotionverifier.app.daemon;

import io.promotionverifier.app.assembly.Assembly;
import io.promotionverifier.app.assembly.Seals;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.http.HttpSurface;
import io.promotionverifier.app.metrics.Meters;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.app.servers.SourceServer;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.pipeline.CoverageGap;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.command.CommandReader;
import io.promotionverifier.kafka.publish.CheckpointPublisher;
import io.promotionverifier.kafka.state.Anchor;
import io.promotionverifier.kafka.state.RestoredState;
import io.promotionverifier.kafka.topic.TopicAdmin;
import io.promotionverifier.kafka.topic.TopicPolicy;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.census.ChunkReader;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.engine.CaptureSettings;
import io.promotionverifier.postgres.engine.ServerAddress;
import io.promotionverifier.postgres.heartbeat.HeartbeatMessage;
import io.promotionverifier.postgres.heartbeat.HeartbeatWriter;
import io.promotionverifier.postgres.reread.ParentReader;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.SourceLock;
import io.promotionverifier.postgres.slot.SourceReady;
import io.promotionverifier.postgres.slot.SourceSetup;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running verifier: takes the lock, takes over from a predecessor, goes on from its checkpoint, and ends with a last
 * one. Built and closed by one thread; {@link #await} may be called by any.
 */
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration COMMAND_POLL = Duration.ofMillis(500);

    private final Closing closing = new Closing();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final VerifierConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Board board = new Board();
    private int httpPort;

    private Daemon(VerifierConfig config) {
        this.config = config;
    }

    /**
     * Starts a verifier; when this returns it goes on from its last checkpoint.
     *
     * @throws NotSetUpException if setup has not run, or what it made is gone
     */
    public static Daemon start(VerifierConfig config, SourceServer source, KafkaServer kafka, Meters.BuildInfo build) {
        Daemon daemon = new Daemon(config);
        try {
            daemon.open(source, kafka, build);
            return daemon;
        } catch (RuntimeException e) {
            daemon.close();
            throw e;
        }
    }

    private void open(SourceServer source, KafkaServer kafka, Meters.BuildInfo build) {
        PostgresAccess access = source.access();
        KafkaConnection connection =
                new KafkaConnection(kafka.bootstrap(), config.kafka().prefix(), kafka.client());
        CaptureRequest request = Assembly.request(config);
        closing.add("the lock", SourceLock.take(access, request.slot()));
        try (TopicAdmin topics = new TopicAdmin(connection)) {
            topics.requireUsable(TopicPolicy.keeping(config.kafka().history().retention()));
        }
        CheckpointPublisher publisher = closing.add(
                "the publisher",
                CheckpointPublisher.open(
                        connection,
                        config.source().name(),
                        config.kafka().history().enabled()));
        RestoredState restored = publisher
                .restore()
                .orElseThrow(() -> new NotSetUpException(
                        "there is no checkpoint in Kafka at " + kafka.bootstrap() + ": run setup first"));
        Seals seals = Seals.of(config);
        Assembly assembly;
        SourceReady ready;
        try (Session session = access.open()) {
            assembly = Assembly.of(config, session);
            ready = new SourceSetup(session, request).ready();
        }
        Anchor anchor = Continuity.anchor(ready, seals);
        Optional<CoverageGap> gap = Continuity.check(restored.head(), anchor, ready);
        Meters meters = new Meters(board, assembly.promotions(), config.source().name(), build);
        VerifierCore core = new VerifierCore(
                assembly.promotions(), seals::of, restored.head().core(), restored.entries(), ready.start());
        ParentReader parents = closing.add("the parent reader", new ParentReader(access));
        CaptureLine line = new CaptureLine(
                core,
                new PublisherSink(publisher, anchor),
                new ParentLookUps(parents, assembly.promotions(), assembly.parents()),
                board,
                meters,
                clock);
        gap.ifPresent(found -> {
            LOG.error("Coverage gap from {} to {}: {}", found.from(), found.to(), found.reason());
            line.gap(new Input.GapFound(found));
        });
        HttpSurface http = new HttpSurface(
                new HttpSurface.Address(
                        config.http().bind(),
                        config.http().port(),
                        new HashSet<>(config.http().hosts())),
                board,
                meters,
                new LivePages(board, connection));
        httpPort = http.port();
        closing.add("HTTP", http);
        supervise(new SlotStream(access, request, captured(source, assembly), line::arrived), line, meters);
        beat(access, line);
        obey(connection, line, restored.head().core().commandsRead());
        count(access, assembly, line);
        LOG.info("Verifying {} promotions from {}", assembly.promotions().size(), ready.start());
    }

    private CaptureSettings captured(SourceServer source, Assembly assembly) {
        return new CaptureSettings(
                ServerAddress.parse(source.url()),
                source.user(),
                source.password().reveal(),
                config.source().slot(),
                config.source().publication(),
                HeartbeatMessage.prefix(config.source().slot()),
                config.source().name(),
                assembly.tables(),
                config.source().debezium().properties());
    }

    private void supervise(SlotStream stream, CaptureLine line, Meters meters) {
        EngineSupervisor supervisor = new EngineSupervisor(stream, line, board, meters, clock);
        Clockwork thread = new Clockwork("supervisor", () -> supervise(supervisor), Duration.ZERO, this::failed);
        closing.add("the engine", () -> {
            supervisor.stop();
            thread.close();
            if (line.broken().isEmpty()) {
                line.finish();
            }
        });
    }

    private static void supervise(EngineSupervisor supervisor) {
        try {
            supervisor.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat(PostgresAccess access, CaptureLine line) {
        String nonce = UUID.randomUUID().toString();
        HeartbeatWriter writer = closing.add(
                "the heartbeat's connection",
                new HeartbeatWriter(access, config.source().slot(), nonce));
        Heart heart = new Heart(writer, line, board);
        closing.add(
                "the heartbeat",
                new Clockwork("heartbeat", heart, config.source().heartbeat(), this::failed));
        closing.add("the ticker", new Clockwork("ticker", line::tick, TICK, this::failed));
    }

    private void count(PostgresAccess access, Assembly assembly, CaptureLine line) {
        Map<TableName, ChunkReader> readers = new HashMap<>();
        for (CapturedTable table : assembly.tables()) {
            List<Promotion> promotions = assembly.promotions().stream()
                    .filter(promotion -> promotion.table().equals(table.name()))
                    .toList();
            readers.put(table.name(), new ChunkReader(access, table, promotions));
        }
        HeartbeatWriter pulse = new HeartbeatWriter(
                access, config.source().slot(), UUID.randomUUID().toString());
        CensusTaker taker = closing.add("the census' connections", new CensusTaker(readers, pulse, line, board, clock));
        closing.add("the census", new Clockwork("census", taker, CensusTaker.GLANCE, this::failed));
    }

    private void obey(KafkaConnection connection, CaptureLine line, long from) {
        CommandReader reader = closing.add(
                "the command reader",
                CommandReader.open(
                        connection,
                        from,
                        ignored -> LOG.warn("Command {} is ignored: {}", ignored.number(), ignored.why())));
        closing.add(
                "the commands", new Clockwork("commands", () -> obeyOnce(reader, line), Duration.ZERO, this::failed));
    }

    private static void obeyOnce(CommandReader reader, CaptureLine line) {
        for (Command command : reader.poll(COMMAND_POLL)) {
            LOG.info("{} {} by {}", command.kind(), command.promotion(), command.by());
            line.ordered(command);
        }
    }

    private void failed(RuntimeException cause) {
        end.completeExceptionally(cause);
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
