package io.promotionverifier.app.daemon;

import io.promotionverifier.app.assembly.Assembly;
import io.promotionverifier.app.assembly.Seals;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.http.HttpSurface;
import io.promotionverifier.app.metrics.Meters;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.app.servers.SourceServer;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.pipeline.VerifierCore;
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
import io.promotionverifier.postgres.catalog.CaptureDigest;
import io.promotionverifier.postgres.engine.CaptureSettings;
import io.promotionverifier.postgres.engine.ServerAddress;
import io.promotionverifier.postgres.heartbeat.HeartbeatMessage;
import io.promotionverifier.postgres.heartbeat.HeartbeatWriter;
import io.promotionverifier.postgres.reread.ParentReader;
import io.promotionverifier.postgres.reread.VersionReader;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.SourceLock;
import io.promotionverifier.postgres.watch.CaptureWatch;
import io.promotionverifier.postgres.watch.SourceSnapshot;
import io.promotionverifier.postgres.watch.SourceWatch;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
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
    private static final Duration LOCK_EVERY = Duration.ofSeconds(5);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(10);
    private static final int BEATS_PER_LOOK = 10;

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
        SourceLock lock = closing.add("the lock", SourceLock.takeToKeep(access, request.slot()));
        closing.add("the lock's keeper", new Clockwork("lock", new LockKeeper(lock), LOCK_EVERY, this::failed));
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
        SourceSnapshot snapshot;
        try (Session session = access.openReadOnly()) {
            assembly = Assembly.of(config, session);
            snapshot = SourceSnapshot.read(session, request);
        }
        Anchor then = restored.head().anchor();
        Anchor anchor = Continuity.anchor(snapshot, request, seals);
        Continuity.require(restored.head(), anchor, snapshot, request);
        Lsn start = SlotStream.start(snapshot);
        Meters meters = new Meters(board, assembly.promotions(), config.source().name(), build);
        VerifierCore core = new VerifierCore(
                assembly.promotions(), seals::of, restored.head().core(), restored.entries(), start);
        ParentReader parents = closing.add("the parent reader", new ParentReader(access));
        VersionReader versions = closing.add("the row reader", new VersionReader(access.with(RowLookUps.TIMEOUTS)));
        PublisherSink sink = new PublisherSink(publisher, then);
        CaptureLine line = new CaptureLine(
                core,
                sink,
                new RowLookUps(
                        versions,
                        assembly.rows(),
                        clock,
                        new ParentLookUps(parents, assembly.promotions(), assembly.parents())),
                board,
                meters,
                clock);
        line.streamFrom(start);
        watch(new Watchman(
                new SourceWatch(
                        access,
                        new CaptureWatch(request, snapshot.cluster(), snapshot.resolved()),
                        CaptureDigest.parse(then.captureFingerprint())),
                line,
                anchor,
                sink::belongTo));
        serve(connection, meters);
        EngineSupervisor supervisor = supervise(
                new SlotStream(access, lock, request, snapshot.cluster(), captured(source, assembly), line),
                line,
                meters);
        beat(access, line, supervisor);
        obey(connection, line, restored.head().core().commandsRead());
        LOG.info("Verifying {} promotions from {}", assembly.promotions().size(), start);
    }

    private void serve(KafkaConnection connection, Meters meters) {
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
    }

    private Duration watchEvery() {
        Duration tenBeats = config.source().heartbeat().multipliedBy(BEATS_PER_LOOK);
        return tenBeats.compareTo(WATCH_EVERY) < 0 ? tenBeats : WATCH_EVERY;
    }

    /** The first look comes before the first row: what was changed while nobody watched is known by then. */
    private void watch(Watchman watchman) {
        watchman.look();
        closing.add("the watch", new Clockwork("watch", watchman, watchEvery(), this::failed));
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

    private EngineSupervisor supervise(SlotStream stream, CaptureLine line, Meters meters) {
        EngineSupervisor supervisor = new EngineSupervisor(stream, line, board, meters, clock);
        Clockwork thread = new Clockwork("supervisor", () -> supervise(supervisor), Duration.ZERO, this::failed);
        closing.add("the engine", () -> {
            supervisor.stop();
            thread.close();
            if (line.broken().isEmpty()) {
                line.finish();
            }
        });
        return supervisor;
    }

    private static void supervise(EngineSupervisor supervisor) {
        try {
            supervisor.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat(PostgresAccess access, CaptureLine line, EngineSupervisor supervisor) {
        String nonce = UUID.randomUUID().toString();
        HeartbeatWriter writer = closing.add(
                "the heartbeat's connection",
                new HeartbeatWriter(access, config.source().slot(), nonce));
        Heart heart = new Heart(writer, line, board, supervisor::letGo);
        closing.add(
                "the heartbeat",
                new Clockwork("heartbeat", heart, config.source().heartbeat(), this::failed));
        closing.add("the ticker", new Clockwork("ticker", line::tick, TICK, this::failed));
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
