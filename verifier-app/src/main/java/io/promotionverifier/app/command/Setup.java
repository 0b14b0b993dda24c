package io.promotionverifier.app.command;

import io.promotionverifier.app.assembly.Assembly;
import io.promotionverifier.app.assembly.ConnectorTopics;
import io.promotionverifier.app.assembly.Seals;
import io.promotionverifier.app.cli.Build;
import io.promotionverifier.app.cli.CommandException;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.daemon.Continuity;
import io.promotionverifier.app.daemon.StatisticsClerk;
import io.promotionverifier.app.daemon.TopicBeginning;
import io.promotionverifier.app.seal.ValuesKey;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.app.servers.SourceServer;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.stream.ResumePoint;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.KafkaConnectorException;
import io.promotionverifier.kafka.command.CommandReader;
import io.promotionverifier.kafka.json.Lag;
import io.promotionverifier.kafka.publish.CheckpointPublisher;
import io.promotionverifier.kafka.state.Anchor;
import io.promotionverifier.kafka.state.Head;
import io.promotionverifier.kafka.state.RestoredState;
import io.promotionverifier.kafka.topic.Topic;
import io.promotionverifier.kafka.topic.TopicAdmin;
import io.promotionverifier.kafka.topic.TopicPolicy;
import io.promotionverifier.kafka.topic.TopicProblem;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.preflight.check.CheckResult.Result;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.SetupStep;
import io.promotionverifier.postgres.slot.SourceLock;
import io.promotionverifier.postgres.slot.SourceReady;
import io.promotionverifier.postgres.slot.SourceSetup;
import io.promotionverifier.postgres.slot.SourceSetup.SlotFate;
import io.promotionverifier.postgres.watch.SourceSnapshot;
import io.promotionverifier.topics.read.ChangeTopics;
import io.promotionverifier.topics.read.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code setup}: creates publication and slot, topics, the values key and the first state, and accepts what stands.
 * Prints each statement before it runs. Running it twice changes nothing.
 */
final class Setup {
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final VerifierConfig config;
    private final Consumer<String> print;
    private final Consumer<String> say;

    Setup(VerifierConfig config, Consumer<String> print, Consumer<String> say) {
        this.config = config;
        this.print = print;
        this.say = say;
    }

    ExitCode run(boolean dryRun, boolean resume) {
        try (KafkaServer kafka = KafkaServer.visit(config);
                SourceServer source = SourceServer.open(config)) {
            return run(source, kafka, dryRun, resume);
        }
    }

    /** The same on servers that are open already. */
    ExitCode run(SourceServer source, KafkaServer kafka, boolean dryRun, boolean resume) {
        PostgresAccess access = source.access();
        KafkaConnection connection = Connections.of(config, kafka);
        refuse(Checks.source(config, access).stream()
                .filter(result -> !resume || !result.name().equals(LostSlot.SLOT))
                .toList());
        refuse(KafkaChecks.run(config, connection));
        if (TopicChecks.apply(config)) {
            refuse(TopicChecks.run(config, access, connection));
        }
        refuse(LocalChecks.run(config, connection));
        if (!resume) {
            LostSlot.check(config, access, connection).ifPresent(lost -> {
                throw new CommandException(ExitCode.BAD_CONFIGURATION, lost.detail());
            });
        }
        try (SourceLock lock = SourceLock.take(access, config.source().slot());
                Session session = access.open()) {
            SourceSetup setup = new SourceSetup(session, Assembly.request(config));
            boolean gap = resume && !isUnbroken(session, connection);
            List<SetupStep> steps =
                    TopicChecks.apply(config) ? List.of() : setup.plan(gap ? SlotFate.REPLACE : SlotFate.KEEP);
            if (dryRun) {
                tellAll(steps, connection);
                return ExitCode.OK;
            }
            lock.ensure();
            try {
                createTopics(connection);
                makeKey();
                apply(setup, steps, connection, new Resumption(session, access, gap));
            } catch (SourceException | KafkaConnectorException | UncheckedIOException unfinished) {
                say.accept("Setup did not finish. What it made stays and fits: run it again to go on, or uninstall.");
                throw unfinished;
            }
            return ExitCode.OK;
        }
    }

    /** Whether there is nothing to resume: who asks twice, or by mistake, loses no row change. */
    private boolean isUnbroken(Session session, KafkaConnection connection) {
        if (TopicChecks.apply(config) || needsKey()) {
            return false;
        }
        CaptureRequest request = Assembly.request(config);
        Optional<Head> unbroken = LostSlot.head(connection)
                .filter(head ->
                        Continuity.isUnbroken(head, SourceSnapshot.read(session, request), request, Seals.of(config)));
        unbroken.ifPresent(head -> say.accept("Nothing was missed: slot " + request.slot() + " holds everything since "
                + head.core().resume().watermark() + ", so there is no gap to go on behind. To give up what it holds,"
                + " drop it first: SELECT pg_drop_replication_slot('" + request.slot() + "')"));
        return unbroken.isPresent();
    }

    /** What would be done, in the order in which it would be. */
    private void tellAll(List<SetupStep> steps, KafkaConnection connection) {
        List<String> topics = missingTopics(connection);
        topics.forEach(topic -> print.accept("create topic " + topic));
        if (needsKey()) {
            print.accept("create the values key " + Seals.keyFile(config));
        }
        steps.forEach(this::announce);
        if (topics.contains(Topic.STATE.named(config.kafka().prefix()))) {
            print.accept("write the first state");
        }
        say.accept("Nothing was changed.");
    }

    private void refuse(List<CheckResult> results) {
        List<CheckResult> refused = results.stream()
                .filter(result -> result.result() == Result.REFUSE)
                .toList();
        if (!refused.isEmpty()) {
            for (CheckResult result : refused.subList(1, refused.size())) {
                say.accept("verifier: " + result.name() + ": " + result.detail());
            }
            CheckResult first = refused.get(0);
            throw new CommandException(
                    Checks.isPrivilege(first) ? ExitCode.NO_PERMISSION : ExitCode.BAD_CONFIGURATION,
                    first.name() + ": " + first.detail() + " (doctor shows all checks and what mends them)");
        }
        // Told only when setup goes on: they must not bury what stops it.
        results.stream()
                .filter(result -> result.result() == Result.WARN)
                .forEach(warning -> say.accept("WARN " + warning.name() + ": " + warning.detail()));
    }

    private void announce(SetupStep step) {
        print.accept("-- " + step.purpose());
        print.accept(step.sql() + ";");
    }

    private List<String> missingTopics(KafkaConnection connection) {
        try (TopicAdmin topics = new TopicAdmin(connection)) {
            return topics.problems(policy()).stream()
                    .filter(TopicProblem.Missing.class::isInstance)
                    .map(TopicProblem::topic)
                    .toList();
        }
    }

    private TopicPolicy policy() {
        return TopicPolicy.keeping(config.kafka().history().retention());
    }

    private void createTopics(KafkaConnection connection) {
        missingTopics(connection).forEach(topic -> print.accept("create topic " + topic));
        try (TopicAdmin topics = new TopicAdmin(connection)) {
            topics.createMissing(policy());
            topics.requireUsable(policy());
        }
    }

    private boolean needsKey() {
        return Seals.needsMadeKey(config) && !Files.exists(Seals.keyFile(config));
    }

    private void makeKey() {
        Path file = Seals.keyFile(config);
        if (needsKey()) {
            print.accept("create the values key " + file);
            try {
                ValuesKey.readOrCreate(file);
            } catch (IOException e) {
                throw new UncheckedIOException("the values key " + file + " cannot be made", e);
            }
        }
    }

    private void apply(SourceSetup setup, List<SetupStep> steps, KafkaConnection connection, Resumption how) {
        try (CheckpointPublisher publisher = CheckpointPublisher.open(
                connection, config.source().name(), config.kafka().history().enabled())) {
            Optional<RestoredState> state = publisher.restore();
            boolean makesSlot = steps.stream().anyMatch(step -> step.kind() == SetupStep.Kind.CREATE_SLOT);
            boolean ended =
                    state.map(RestoredState::head).map(Uninstall::isUninstalled).orElse(true);
            if (makesSlot && !ended && !how.resume()) {
                throw new CommandException(ExitCode.BAD_CONFIGURATION, LostSlot.message(config));
            }
            if (!ended && !how.resume()) {
                Continuity.requireSameLog(
                        state.orElseThrow().head(), SourceSnapshot.read(how.session(), Assembly.request(config)));
            }
            SourceReady ready = setup.apply(steps, PATIENCE, this::announce);
            Anchor anchor = Continuity.anchor(ready, Seals.of(config));
            Assembly assembly = Assembly.of(config, how.session());
            if (TopicChecks.apply(config)) {
                Position now = now(assembly, connection, how);
                ready = new SourceReady(ready.slot(), now.from(), ready.cluster(), ready.fingerprint());
                anchor = anchor.readingFrom(now.text());
            }
            List<Input.Counted> counted = StatisticsClerk.read(how.session(), assembly.screened());
            Beginning beginning = new Beginning(ready, anchor, assembly, counted);
            if (ended) {
                begin(publisher, connection, state, beginning);
            } else if (how.resume()) {
                new Resume(publisher, config).after(state.orElseThrow(), beginning);
                print.accept("record the coverage gap and go on from " + ready.start());
            } else {
                say.accept("The state in Kafka stands: nothing to begin.");
            }
        }
    }

    private Position now(Assembly assembly, KafkaConnection connection, Resumption how) {
        ConnectorTopics read = ConnectorTopics.of(config, assembly, how.session());
        try (ChangeTopics topics = new ChangeTopics(connection, read.names())) {
            return TopicBeginning.now(topics, how.access());
        }
    }

    /**
     * Where the catalog is read, and whether an old state goes on.
     *
     * @param session an open session
     * @param access opens others
     * @param resume go on behind a coverage gap, of which there is one
     */
    private record Resumption(Session session, PostgresAccess access, boolean resume) {}

    /**
     * What a state begins with.
     *
     * @param ready slot and publication
     * @param anchor what the state belongs to
     * @param assembly the promotions
     * @param counted what the statistics say of the tables of which suspects alone are sent
     */
    record Beginning(SourceReady ready, Anchor anchor, Assembly assembly, List<Input.Counted> counted) {}

    private void begin(
            CheckpointPublisher publisher,
            KafkaConnection connection,
            Optional<RestoredState> state,
            Beginning beginning) {
        long generation = state.map(old -> old.head().core().generation() + 1).orElse(1L);
        Lsn start = beginning.ready().start();
        print.accept("write the first state of generation " + generation + " from " + start);
        long firstCommand = CommandReader.nextNumber(connection);
        CoreState initial = CoreState.initial(generation, ResumePoint.startingAt(start), firstCommand);
        publisher.begin(initial, beginning.anchor(), Clock.systemUTC().instant());
        VerifierCore core =
                new VerifierCore(beginning.assembly().promotions(), Seals.of(config)::of, initial, List.of(), start);
        publisher.publish(core.step(
                new Input.RunBegins(publisher.incarnation(), Build.current().version())));
        beginning.counted().forEach(counted -> publisher.publish(core.step(counted)));
        publisher.commit(core.checkpoint(), beginning.anchor(), Lag.UNKNOWN, true);
    }
}
