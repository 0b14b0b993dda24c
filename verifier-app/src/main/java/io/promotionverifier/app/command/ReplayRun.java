package io.promotionverifier.app.command;

import io.promotionverifier.app.cli.CommandException;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.cli.OutputFormat;
import io.promotionverifier.app.cli.ReplayRequest;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.replay.OtherPolicy;
import io.promotionverifier.app.replay.ReplayJson;
import io.promotionverifier.app.replay.ReplayLine;
import io.promotionverifier.app.replay.ReplayResult;
import io.promotionverifier.app.replay.ReplayScope;
import io.promotionverifier.app.replay.ReplayText;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.kafka.client.KafkaConnection;
import java.util.Locale;
import java.util.Optional;

/** {@code replay}: the recorded history judged again. Reads topics, and writes nothing. */
final class ReplayRun {
    private final ReplayRequest request;
    private final Invocation invocation;

    ReplayRun(ReplayRequest request, Invocation invocation) {
        this.request = request;
        this.invocation = invocation;
    }

    ExitCode run() {
        VerifierConfig config = invocation.config();
        request.promotion().ifPresent(id -> Status.requireKnown(config, id));
        if (request.endsBeforeItBegins()) {
            throw new CommandException(ExitCode.USAGE, "--to lies before --from: there is nothing between them");
        }
        if (!config.kafka().history().enabled()) {
            throw new CommandException(
                    ExitCode.BAD_CONFIGURATION,
                    "kafka.history.enabled is false: no history is kept, there is nothing to replay");
        }
        Optional<VerifierConfig> policy = request.policy()
                .map(file -> invocation.loader().loadPolicy(file).config());
        ReplayScope scope =
                new ReplayScope(request.from(), request.to(), request.promotion(), request.key(), policy.isPresent());
        try (KafkaServer kafka = KafkaServer.visit(config)) {
            KafkaConnection connection = Connections.of(config, kafka);
            Optional<OtherPolicy> other = policy.map(file -> OtherPolicy.of(file, connection));
            ReplayProgress progress = new ReplayProgress(invocation);
            long begun = System.nanoTime();
            ReplayResult result = new ReplayLine(connection, scope, other, progress).run();
            progress.clear();
            tell(result);
            double seconds = (System.nanoTime() - begun) / 1e9;
            invocation.say(String.format(Locale.ROOT, "Replayed in %.1f s", seconds));
            return result.differences().isEmpty() ? ExitCode.OK : ExitCode.MISMATCH;
        }
    }

    private void tell(ReplayResult result) {
        if (invocation.output() == OutputFormat.TEXT) {
            ReplayText.lines(result, request.policy().isPresent()).forEach(invocation::print);
            result.gates().forEach(gate -> GateText.lines(gate).forEach(invocation::print));
        } else {
            Printing.one(ReplayJson.of(result), invocation);
        }
    }
}
