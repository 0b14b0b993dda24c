package io.promotionverifier.app.daemon;

import io.promotionverifier.app.assembly.Assembly;
import io.promotionverifier.app.assembly.ConnectorTopics;
import io.promotionverifier.app.assembly.Reports;
import io.promotionverifier.app.assembly.Seals;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.config.SourceConfig;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.metrics.Meters;
import io.promotionverifier.app.servers.SourceServer;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.pipeline.PromotionState;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.pipeline.StateEntry;
import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.command.CommandReader;
import io.promotionverifier.kafka.publish.CheckpointPublisher;
import io.promotionverifier.kafka.state.Anchor;
import io.promotionverifier.kafka.state.Head;
import io.promotionverifier.kafka.state.RestoredState;
import io.promotionverifier.kafka.topic.TopicAdmin;
import io.promotionverifier.kafka.topic.TopicPolicy;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.catalog.CaptureDigest;
import io.promotionverifier.postgres.census.ChunkReader;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.engine.CaptureSettings;
import io.promotionverifier.postgres.engine.ServerAddress;
import io.promotionverifier.postgres.heartbeat.HeartbeatMessage;
import io.promotionverifier.postgres.heartbeat.HeartbeatWriter;
import io.promotionverifier.postgres.latency.WriteLatencyReader;
import io.promotionverifier.postgres.report.ReportReader;
import io.promotionverifier.postgres.reread.ParentReader;
import io.promotionverifier.postgres.reread.VersionReader;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.SourceLock;
import io.promotionverifier.postgres.watch.CaptureWatch;
import io.promotionverifier.postgres.watch.SourceSnapshot;
import io.promotionverifier.postgres.watch.SourceWatch;
import io.promotionverifier.topics.read.Position;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the line, from the lock and the last checkpoint to whatever ends it. Nothing in it survives its end but
 * what Kafka holds; another run goes on from there. Built, begun and closed by one thread at a time.
 */
final class LineRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LineRun.class);
    private static final Duration TICK = Duration.ofMillis(10);
    private static final Duration COMMAND_POLL = Duration.ofMillis(500);

    /** So long the end of a run waits for Kafka: a service that is stopped has ten seconds to thirty. */
    private static final Duration LAST_CHECKPOINT_PATIENCE = Duration.ofSeconds(5);

    private static final Duration LOCK_EVERY = Duration.ofSeconds(5);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(10);
    private static final int BEATS_PER_LOOK = 10;

    private final Surroundings around;
    private final VerifierConfig config;
    private final Closing closing = new Closing();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final CheckpointPublisher publisher;
    private final Head head;
    private final Assembly assembly;
    private final CaptureRequest request;
    private final SourceLock lock;
    private final SourceSnapshot snapshot;
    private final Meters meters;
    private final PublisherSink sink;
    private final CaptureLine line;

    /**
     * What outlives a run.
     *
     * @param config what to do
     * @param source the database
     * @param connection Kafka
     * @param board where the line pins its checkpoints
     * @param meters the meters for the promotions, made once
     * @param version the verifier's own
     * @param clock this machine's
     */
    record Surroundings(
            VerifierConfig config,
            SourceServer source,
            KafkaConnection connection,
            Board board,
            Function<Assembly, Meters> meters,
            String version,
            Clock clock) {}

    private LineRun(Surroundings around) {
        this.around = around;
        this.config = around.config();
        this.request = Assembly.request(config);
        PostgresAccess access = around.source().access();
        try {
            lock = closing.add("the lock", SourceLock.takeToKeep(access, request.slot()));
            closing.add("the lock's keeper", new Clockwork("lock", new LockKeeper(lock), LOCK_EVERY, this::failed));
            publisher = closing.add("the publisher", publisher());
            RestoredState restored = publisher
                    .restore(HeapRoom.mostBytes())
                    .orElseThrow(() -> new NotSetUpException("there is no checkpoint in Kafka at "
                            + around.connection().bootstrap() + ": run setup first"));
            head = restored.head();
            around.board().restored(head.core().generation());
            try (Session session = access.openReadOnly()) {
                assembly = Assembly.of(config, session);
                snapshot = SourceSnapshot.read(session, request);
            }
            meters = around.meters().apply(assembly);
            sink = new PublisherSink(publisher, head.anchor(), around.board().feed());
            line = line(access, restored.entries());
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    /**
     * Takes over from a predecessor and restores the last checkpoint; nothing streams yet.
     *
     * @throws NotSetUpException if setup has not run, or what it made is gone
     */
    static LineRun restore(Surroundings around) {
        return new LineRun(around);
    }

    private CheckpointPublisher publisher() {
        try (TopicAdmin topics = new TopicAdmin(around.connection())) {
            topics.requireUsable(TopicPolicy.keeping(config.kafka().history().retention()));
        }
        return CheckpointPublisher.open(
                around.connection(),
                config.source().name(),
                config.kafka().history().enabled());
    }

    private CaptureLine line(PostgresAccess access, List<StateEntry> entries) {
        Seals seals = Seals.of(config);
        Lsn start = Lsn.ZERO;
        if (readsTopics()) {
            Continuity.requireTopics(head, Continuity.anchor(snapshot, request, seals), snapshot);
        } else {
            Continuity.require(head, Continuity.anchor(snapshot, request, seals), snapshot, request);
            start = SlotStream.start(snapshot);
        }
        VerifierCore core =
                new VerifierCore(assembly.promotions(), seals::of, head.core(), entries, start, HeapRoom.size());
        ParentReader parents = closing.add("the parent reader", new ParentReader(access));
        VersionReader versions = closing.add("the row reader", new VersionReader(access.with(RowLookUps.TIMEOUTS)));
        LookUps lookUps = new RowLookUps(
                versions,
                assembly.rows(),
                around.clock(),
                new ParentLookUps(
                        parents, new Visibility(versions, around.clock()), assembly.promotions(), assembly.parents()));
        CaptureLine made = new CaptureLine(core, sink, lookUps, around.board(), meters, around.clock());
        made.begins(publisher.incarnation(), around.version());
        made.streamFrom(start);
        return made;
    }

    /** The first look comes before the first row: what was changed while nobody watched is known by then. */
    private void watch() {
        SourceWatch source = new SourceWatch(
                around.source().access(),
                new CaptureWatch(request, snapshot.cluster(), snapshot.resolved()),
                CaptureDigest.parse(head.anchor().captureFingerprint()));
        Anchor anchor = Continuity.anchor(snapshot, request, Seals.of(config));
        Watchman watchman = new Watchman(source, line, anchor, sink::belongTo);
        watchman.look();
        closing.add("the watch", new Clockwork("watch", watchman, watchEvery(), this::failed));
    }

    private Duration watchEvery() {
        Duration tenBeats = config.source().heartbeat().multipliedBy(BEATS_PER_LOOK);
        return tenBeats.compareTo(WATCH_EVERY) < 0 ? tenBeats : WATCH_EVERY;
    }

    private boolean readsTopics() {
        return config.source().mode() == SourceConfig.Mode.TOPICS;
    }

    /** Watches, streams, beats and obeys. */
    void begin() {
        watch();
        if (readsTopics()) {
            readTopics();
            beat(reason -> LOG.info("{}; the topics are read on", reason));
        } else {
            beat(supervise()::letGo);
        }
        obey();
        count();
        readReports();
        readLatency();
        readStatistics();
        LOG.info(
                "Verifying {} promotions from checkpoint {}; the heap has room for some {} rows that disagree",
                assembly.promotions().size(),
                head.sequence(),
                HeapRoom.rows());
    }

    private EngineSupervisor supervise() {
        SlotStream stream =
                new SlotStream(around.source().access(), lock, request, snapshot.cluster(), captured(), line);
        EngineSupervisor supervisor = new EngineSupervisor(stream, line, around.board(), meters, around.clock());
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

    private void readTopics() {
        TopicStream stream;
        try (Session session = around.source().access().openReadOnly()) {
            stream = new TopicStream(
                    ConnectorTopics.of(config, assembly, session),
                    new TopicStream.Servers(around.connection(), around.source().access()),
                    Position.parse(head.anchor().readFrom()),
                    sink,
                    line,
                    new TopicStream.Watch(around.board(), meters, around.clock()));
        }
        Clockwork thread = new Clockwork("topics", () -> read(stream), Duration.ZERO, this::failed);
        closing.add("the topics", () -> {
            stream.stop();
            thread.close();
            if (line.broken().isEmpty()) {
                line.finish();
            }
        });
    }

    private static void read(TopicStream stream) {
        try {
            stream.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CaptureSettings captured() {
        SourceServer source = around.source();
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

    private static void supervise(EngineSupervisor supervisor) {
        try {
            supervisor.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat(Consumer<String> serverLeaves) {
        HeartbeatWriter writer = closing.add(
                "the heartbeat's connection",
                new HeartbeatWriter(
                        around.source().access(),
                        config.source().slot(),
                        UUID.randomUUID().toString()));
        Heart heart = new Heart(writer, line, around.board(), serverLeaves);
        closing.add(
                "the heartbeat",
                new Clockwork("heartbeat", heart, config.source().heartbeat(), this::failed));
        closing.add("the ticker", new Clockwork("ticker", line::tick, TICK, this::failed));
    }

    private void obey() {
        CommandReader reader = closing.add(
                "the command reader",
                CommandReader.open(
                        around.connection(),
                        head.core().commandsRead(),
                        ignored -> LOG.warn("Command {} is ignored: {}", ignored.number(), ignored.why())));
        closing.add("the commands", new Clockwork("commands", () -> obeyOnce(reader), Duration.ZERO, this::failed));
    }

    private void count() {
        PostgresAccess access = around.source().access();
        Map<TableName, ChunkReader> readers = new HashMap<>();
        for (CapturedTable table : assembly.tables()) {
            List<Promotion> promotions = assembly.promotions().stream()
                    .filter(promotion -> promotion.table().equals(table.name()))
                    .toList();
            readers.put(table.name(), new ChunkReader(access, table, promotions));
        }
        HeartbeatWriter pulse = new HeartbeatWriter(
                access, config.source().slot(), UUID.randomUUID().toString());
        CensusTaker taker = closing.add(
                "the census' connections", new CensusTaker(readers, pulse, line, around.board(), around.clock()));
        closing.add("the census", new Clockwork("census", taker, CensusTaker.GLANCE, this::failed));
    }

    private void obeyOnce(CommandReader reader) {
        for (Command command : reader.poll(COMMAND_POLL)) {
            LOG.info("{} {} by {}", command.kind(), command.promotion(), command.by());
            line.ordered(command);
        }
    }

    private void readReports() {
        ReportClerk clerk = new ReportClerk(
                new ReportReader(around.source().access()), line, around.board(), meters, around.clock());
        Map<PromotionId, PromotionState> known = head.core().promotions();
        for (Reports.Report report : Reports.of(config, assembly)) {
            clerk.takeOn(
                    report,
                    known.getOrDefault(report.promotion(), PromotionState.NEW).reports());
        }
        closing.add("the reports", new Clockwork("reports", clerk, ReportClerk.GLANCE, this::failed));
        closing.add("the report in hand", clerk);
    }

    private void readLatency() {
        List<WriteLatencyReader.Watched> watched = assembly.promotions().stream()
                .map(promotion -> new WriteLatencyReader.Watched(
                        promotion.id(),
                        promotion.table(),
                        promotion.policy().latency().minimumSamples()))
                .toList();
        LatencyClerk clerk =
                new LatencyClerk(new WriteLatencyReader(around.source().access(), watched), line);
        closing.add("the write latency", new Clockwork("latency", clerk, LatencyClerk.EVERY, this::failed));
    }

    private void readStatistics() {
        if (!assembly.screened().isEmpty()) {
            StatisticsClerk clerk = new StatisticsClerk(around.source().access(), assembly.screened(), line);
            closing.add("the statistics", new Clockwork("statistics", clerk, watchEvery(), this::failed));
        }
    }

    private void failed(RuntimeException cause) {
        end.completeExceptionally(cause);
    }

    /** Completes exceptionally with what ended the run; never completes otherwise. */
    CompletionStage<Void> end() {
        return end.copy();
    }

    Meters meters() {
        return meters;
    }

    /** The incarnation that wrote the checkpoint from which this run went on. */
    long predecessor() {
        return head.incarnation();
    }

    /** The incarnation as which this run writes. */
    long incarnation() {
        return publisher.incarnation();
    }

    /** Since when a commit has been waiting for Kafka, if one is; safe from any thread. */
    Optional<Instant> awaitingKafkaSince() {
        return line.awaitingKafkaSince();
    }

    /** A commit that waits for Kafka shall not keep the end waiting; safe from any thread. */
    void hurry() {
        publisher.hurry();
    }

    /** Stops the engine, writes a last checkpoint if the line is whole, and lets go of everything. */
    @Override
    public void close() {
        AtomicBoolean given = new AtomicBoolean();
        Clockwork patience = new Clockwork("patience", () -> endPatience(given), TICK, this::failed);
        closing.close();
        patience.close();
    }

    /** A last checkpoint that Kafka does not take is not waited for: PostgreSQL keeps what it would have held. */
    private void endPatience(AtomicBoolean given) {
        Instant since = around.clock().instant().minus(LAST_CHECKPOINT_PATIENCE);
        if (line.awaitingKafkaSince().filter(since::isAfter).isPresent() && given.compareAndSet(false, true)) {
            LOG.warn(
                    "Kafka at {} does not answer: the last checkpoint is not committed. What was committed in PostgreSQL"
                            + " beyond {} is in none; it comes again with the next start",
                    around.connection().bootstrap(),
                    committed());
            publisher.giveUp();
        }
    }

    /** The watermark of the last checkpoint. */
    private Lsn committed() {
        return around.board().statuses().stream()
                .map(PromotionStatus::watermark)
                .findFirst()
                .orElseGet(() -> head.core().resume().watermark());
    }
}
