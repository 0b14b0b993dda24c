package io.promotionverifier.benchmarks.ladder;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Whether the daemon's memory stays what it is: an application writes second after second, longer than it takes to fill
 * the heap, and the memory of the process is noted. Confined to one thread.
 */
final class Soak {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int SECONDS_OF_MINUTE = 60;

    private final Scene scene;

    /** @param scene what was recorded is written again each second */
    Soak(Scene scene) {
        this.scene = scene;
    }

    /**
     * What was seen.
     *
     * @param changes row changes that the daemon has judged
     * @param peakBytes its most resident memory; absent where nobody tells
     * @param minuteBytes its resident memory at the end of each minute
     */
    record Seen(long changes, OptionalLong peakBytes, List<Long> minuteBytes) {
        Seen {
            minuteBytes = List.copyOf(minuteBytes);
        }
    }

    Seen measure(Duration time) throws IOException, SQLException, InterruptedException {
        try (VerifierProcess verifier = VerifierProcess.run(scene, scene.ownPlace())) {
            List<Long> minutes = new ArrayList<>();
            long changes = 0;
            long due = System.nanoTime();
            for (int second = 1; second <= time.toSeconds(); second++) {
                scene.writeAgain();
                due += SECOND;
                Thread.sleep(
                        Math.max(0, Duration.ofNanos(due - System.nanoTime()).toMillis()));
                if (second % SECONDS_OF_MINUTE == 0) {
                    ProcessMeter.residentBytes(verifier.pid()).ifPresent(minutes::add);
                    changes = verifier.changes().orElse(changes);
                }
            }
            return new Seen(changes, ProcessMeter.peakBytes(verifier.pid()), minutes);
        }
    }
}
