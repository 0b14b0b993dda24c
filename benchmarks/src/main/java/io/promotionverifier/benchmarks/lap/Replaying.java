package io.promotionverifier.benchmarks.lap;

import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.replay.ReplayLine;
import io.promotionverifier.app.replay.ReplayResult;
import io.promotionverifier.app.replay.ReplayScope;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.benchmarks.lap.LapMain.Course;
import io.promotionverifier.kafka.client.KafkaConnection;
import java.util.Optional;

/** The command {@code replay} by the policy of then: what a verifier recorded, and what it published. */
final class Replaying {
    private static final ReplayScope ALL =
            new ReplayScope(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    private Replaying() {}

    /** Throws if the replay says anything else than was published: a fast wrong answer is none. */
    static void read(Course course, Progress progress) {
        VerifierConfig config = course.config();
        KafkaServer kafka = KafkaServer.visit(config);
        KafkaConnection connection =
                new KafkaConnection(kafka.bootstrap(), config.kafka().prefix(), kafka.client());
        ReplayResult result =
                new ReplayLine(connection, ALL, Optional.empty(), far -> progress.seen(far.changes())).run();
        if (!result.differences().isEmpty()) {
            throw new IllegalStateException(result.differences().size() + " events differ, first "
                    + result.differences().get(0));
        }
        progress.seen(result.changes());
    }
}
