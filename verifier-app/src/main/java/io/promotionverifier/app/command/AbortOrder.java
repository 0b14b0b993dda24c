package io.promotionverifier.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.cli.AbortRequest;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.cli.OutputFormat;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.pipeline.PromotionState;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.command.CommandWriter;
import io.promotionverifier.kafka.command.Order;
import io.promotionverifier.kafka.state.LastHead;
import io.promotionverifier.kafka.state.StateReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** {@code abort raise} and {@code abort clear}: an order through the command topic, and what became of it. */
final class AbortOrder {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final Invocation invocation;

    AbortOrder(Invocation invocation) {
        this.invocation = invocation;
    }

    ExitCode send(Command.Kind kind, AbortRequest request) {
        VerifierConfig config = invocation.config();
        Status.requireCompared(config, request.promotion());
        try (KafkaServer kafka = KafkaServer.visit(config)) {
            KafkaConnection connection = Connections.of(config, kafka);
            Optional<LastHead> before = new StateReader(connection).lastHead();
            long number = new CommandWriter(connection)
                    .send(new Order(kind, request.promotion(), request.reason(), request.by()));
            if (!isRunning(before)) {
                return waiting(kind, request, "The verifier is not running", "when it starts");
            }
            Optional<LastHead> after = followed(connection, number);
            if (after.isEmpty()) {
                String why = "The verifier has not acted within " + PATIENCE.toSeconds() + " s, so it seems to be down";
                return waiting(kind, request, why, "when it goes on");
            }
            tell(kind, request, before, after.get());
            return ExitCode.OK;
        }
    }

    /** Whether somebody acts on an order now. */
    static boolean isRunning(Optional<LastHead> state) {
        Instant now = Clock.systemUTC().instant();
        return state.isPresent() && state.get().written().plus(Status.STALE).isAfter(now);
    }

    /** The first checkpoint that has taken the order; absent when there is none in time. */
    static Optional<LastHead> followed(KafkaConnection connection, long number) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - giveUp < 0) {
            Optional<LastHead> state = new StateReader(connection).lastHead();
            if (state.isPresent() && state.get().head().core().commandsRead() > number) {
                return state;
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        return Optional.empty();
    }

    /** Nobody knows yet what becomes of it. */
    private ExitCode waiting(Command.Kind kind, AbortRequest request, String why, String when) {
        invocation.say(why + ": the order is kept in Kafka and takes effect " + when + ".");
        if (invocation.output() != OutputFormat.TEXT) {
            Printing.one(json(kind, request, true).putNull("changed").putNull("active"), invocation);
        }
        return ExitCode.OK;
    }

    private static ObjectNode json(Command.Kind kind, AbortRequest request, boolean waiting) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("promotion", request.promotion().value())
                .put("command", kind.name().toLowerCase(Locale.ROOT))
                .put("waiting", waiting);
    }

    private void tell(Command.Kind kind, AbortRequest request, Optional<LastHead> before, LastHead after) {
        boolean was = before.map(state -> isActive(state, request)).orElse(false);
        boolean is = isActive(after, request);
        String id = request.promotion().value();
        boolean raise = kind == Command.Kind.RAISE;
        if (invocation.output() != OutputFormat.TEXT) {
            boolean changed = raise ? !was : was && !is;
            Printing.one(json(kind, request, false).put("changed", changed).put("active", is), invocation);
        } else if (raise) {
            invocation.print(was ? "abort of " + id + " was active already" : "abort of " + id + " raised");
        } else {
            invocation.print(was && !is ? "abort of " + id + " cleared" : "no abort of " + id + " was active");
        }
    }

    private static boolean isActive(LastHead state, AbortRequest request) {
        return Optional.ofNullable(state.head().core().promotions().get(request.promotion()))
                .flatMap(PromotionState::abort)
                .isPresent();
    }
}
