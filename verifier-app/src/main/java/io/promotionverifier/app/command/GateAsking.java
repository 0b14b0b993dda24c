package io.promotionverifier.app.command;

import io.promotionverifier.app.cli.CommandException;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.GateRequest;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.cli.OutputFormat;
import io.promotionverifier.app.config.PromotionConfig;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.daemon.HeapRoom;
import io.promotionverifier.app.gate.GateJson;
import io.promotionverifier.app.gate.GateQuestion;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.app.servers.SourceServer;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.gate.GateReport;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.GateOverride;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.command.CommandWriter;
import io.promotionverifier.kafka.command.Order;
import io.promotionverifier.kafka.state.LastHead;
import io.promotionverifier.kafka.state.RestoredState;
import io.promotionverifier.kafka.state.StateReader;
import io.promotionverifier.postgres.access.Session;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code gate}: this file's policy on the evidence of the last checkpoint; no daemon is needed to ask. */
final class GateAsking {
    private final GateRequest request;
    private final Invocation invocation;

    GateAsking(GateRequest request, Invocation invocation) {
        this.request = request;
        this.invocation = invocation;
    }

    ExitCode run() {
        VerifierConfig config = invocation.config();
        PromotionConfig asked = asked(config);
        try (KafkaServer kafka = KafkaServer.visit(config);
                SourceServer source = SourceServer.open(config)) {
            KafkaConnection connection = Connections.of(config, kafka);
            RestoredState state = checkpoint(connection);
            GateQuestion question = question(config, asked, source);
            GateReport report = ask(question, state);
            Optional<GateRequest.Answer> answer = request.override();
            if (answer.isPresent()) {
                report = override(report, answer.get(), question, state, connection);
            }
            tell(report);
            return exitCode(report.standing());
        }
    }

    private static RestoredState checkpoint(KafkaConnection connection) {
        return Status.standing(
                new StateReader(connection).latest(HeapRoom.mostBytes()), RestoredState::head, connection);
    }

    private PromotionConfig asked(VerifierConfig config) {
        Status.requireKnown(config, request.promotion());
        PromotionConfig asked = config.promotion(request.promotion()).orElseThrow();
        if (asked.target() instanceof PromotionConfig.Target.Index) {
            throw new CommandException(ExitCode.USAGE, "an index promotion has no column: there is nothing to compare");
        }
        return asked;
    }

    private static GateQuestion question(VerifierConfig config, PromotionConfig asked, SourceServer source) {
        try (Session session = source.access().openReadOnly()) {
            return GateQuestion.read(config, asked, session);
        }
    }

    private GateReport ask(GateQuestion question, RestoredState state) {
        Instant now = Clock.systemUTC().instant();
        return question.ask(
                request.to(), evidence(question.promotion(), state), now, Status.doubt(state.written(), now));
    }

    /** The checkpoint as this file's policy sees it: the core goes on from it, and is not told anything. */
    private static PromotionStatus evidence(Promotion promotion, RestoredState state) {
        CoreState core = state.head().core();
        return new VerifierCore(
                        List.of(promotion),
                        id -> ValueSeal.PLAIN,
                        core,
                        state.entries(),
                        core.resume().watermark())
                .statuses()
                .get(0);
    }

    private GateReport override(
            GateReport report,
            GateRequest.Answer answer,
            GateQuestion question,
            RestoredState state,
            KafkaConnection connection) {
        if (report.standing() == GateReport.Standing.ABORTED) {
            invocation.say("An abort is active, and no override helps against it: see `abort clear`.");
            return report;
        }
        if (report.closing().isEmpty()) {
            invocation.say("Every check holds: there is nothing to override.");
            return report;
        }
        Command.Overruled what = new Command.Overruled(request.to(), report.closing());
        long number = new CommandWriter(connection)
                .send(Order.override(request.promotion(), what, answer.reason(), answer.by()));
        Optional<LastHead> before = Optional.of(new LastHead(state.head(), state.written()));
        Optional<LastHead> after =
                AbortOrder.isRunning(before) ? AbortOrder.followed(connection, number) : Optional.empty();
        return after.map(taken -> ask(question, checkpoint(connection))).orElseGet(() -> {
            invocation.say("The verifier is not running: the override is kept in Kafka and enters the log when it goes"
                    + " on.");
            long generation = state.head().core().generation();
            Instant now = Clock.systemUTC().instant();
            return report.with(new GateOverride(
                    GateOverride.id(request.promotion(), generation, number),
                    request.promotion(),
                    request.to(),
                    what.checks(),
                    now,
                    answer.by(),
                    answer.reason()));
        });
    }

    private void tell(GateReport report) {
        if (invocation.output() == OutputFormat.TEXT) {
            GateText.lines(report).forEach(invocation::print);
        } else {
            Printing.one(GateJson.of(report), invocation);
        }
    }

    private static ExitCode exitCode(GateReport.Standing standing) {
        return switch (standing) {
            case OPEN, OVERRIDDEN -> ExitCode.OK;
            case CLOSED -> ExitCode.MISMATCH;
            case UNKNOWN -> ExitCode.NOT_ENOUGH_EVIDENCE;
            case ABORTED -> ExitCode.ABORT_ACTIVE;
        };
    }
}
