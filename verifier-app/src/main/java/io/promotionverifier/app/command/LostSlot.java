package io.promotionverifier.app.command;

import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.NotSetUpException;
import io.promotionverifier.kafka.state.Head;
import io.promotionverifier.kafka.state.LastHead;
import io.promotionverifier.kafka.state.StateCorruptException;
import io.promotionverifier.kafka.state.StateReader;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.slot.SlotReader;
import java.util.Optional;

/** A slot that is missing is made by setup; one that a state in Kafka ends in was lost, and row changes with it. */
final class LostSlot {
    /** The check that sees the slot alone. */
    static final String SLOT = "slot";

    private LostSlot() {}

    /** What happened, and what can be done. */
    static String message(VerifierConfig config) {
        return "slot " + config.source().slot()
                + " is gone, but the state in Kafka ends in it: row changes were missed;"
                + " run setup --resume to go on with a recorded gap, or uninstall and setup to begin anew at zero";
    }

    /** The refusal, if the slot was lost. */
    static Optional<CheckResult> check(VerifierConfig config, PostgresAccess access, KafkaConnection connection) {
        return !TopicChecks.apply(config) && head(connection).isPresent() && isMissing(config, access)
                ? Optional.of(CheckResult.refuse(SLOT, message(config)))
                : Optional.empty();
    }

    /** The head of the state that stands; absent if there is none, or {@code uninstall} ended it. */
    static Optional<Head> head(KafkaConnection connection) {
        try {
            return new StateReader(connection)
                    .lastHead()
                    .map(LastHead::head)
                    .filter(head -> !Uninstall.isUninstalled(head));
        } catch (NotSetUpException | StateCorruptException toldByLocalChecks) {
            return Optional.empty();
        }
    }

    private static boolean isMissing(VerifierConfig config, PostgresAccess access) {
        try (Session session = access.openReadOnly()) {
            return new SlotReader(session).read(config.source().slot()).isEmpty();
        }
    }
}
