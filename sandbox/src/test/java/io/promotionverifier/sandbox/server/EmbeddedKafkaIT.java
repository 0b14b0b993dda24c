package io.promotionverifier.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The embedded Kafka, started for real. */
final class EmbeddedKafkaIT {
    private Path folder = Path.of("");

    @BeforeEach
    void createFolder() throws IOException {
        folder = Folders.temporary();
    }

    @AfterEach
    void deleteFolder() throws IOException {
        Folders.delete(folder);
    }

    @Test
    void committedRecordsSurviveAKillOfTheBrokerAndACleanStop() throws ExecutionException, InterruptedException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.in(folder))) {
            Records.createTopic(kafka.bootstrap(), "kept");
            Records.commit(kafka.bootstrap(), "kept", "one");
            Records.abort(kafka.bootstrap(), "kept", "never");
            kafka.kill();
            kafka.restart();
            Records.commit(kafka.bootstrap(), "kept", "two");
            assertThat(EmbeddedKafka.runningIn(folder)).contains(kafka.bootstrap());
        }
        assertThat(EmbeddedKafka.runningIn(folder)).isEmpty();
        try (EmbeddedKafka again = EmbeddedKafka.start(KafkaOptions.in(folder))) {
            assertThat(Records.committed(again.bootstrap(), "kept")).containsExactly("one", "two");
        }
    }

    @Test
    void aSignalMeantForTheTerminalDoesNotStopIt() throws ExecutionException, InterruptedException, IOException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.temporary())) {
            for (String signal : new String[] {"INT", "HUP", "TERM"}) {
                new ProcessBuilder("kill", "-" + signal, Long.toString(kafka.pid()))
                        .start()
                        .waitFor();
            }
            Records.createTopic(kafka.bootstrap(), "alive");
            Records.commit(kafka.bootstrap(), "alive", "yes");
            assertThat(Records.committed(kafka.bootstrap(), "alive")).containsExactly("yes");
        }
    }

    @Test
    void aTakenPortAHeldFolderAndAMissingClassPathAreNamedInTheError() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                FolderLock held = FolderLock.take(folder)) {
            KafkaOptions elsewhere = KafkaOptions.in(folder.resolve("elsewhere"));
            assertThatThrownBy(() -> EmbeddedKafka.start(elsewhere.withPort(taken.getLocalPort())))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort());
            assertThatThrownBy(() -> EmbeddedKafka.start(KafkaOptions.in(folder)))
                    .isInstanceOf(FolderInUseException.class)
                    .hasMessageContaining(folder.toString());
            assertThatThrownBy(() -> EmbeddedKafka.start(elsewhere.withClassPath(folder + "/none.jar")))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("BrokerMain");
            assertThat(held).isNotNull();
        }
    }
}
