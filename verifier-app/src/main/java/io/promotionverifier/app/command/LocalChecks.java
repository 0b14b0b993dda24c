package io.promotionverifier.app.command;

import io.promotionverifier.app.assembly.Seals;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.NotSetUpException;
import io.promotionverifier.kafka.state.LastHead;
import io.promotionverifier.kafka.state.StateCorruptException;
import io.promotionverifier.kafka.state.StateReader;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must fit between configuration, checkpoint and values key. */
final class LocalChecks {
    private static final Logger LOG = LoggerFactory.getLogger(LocalChecks.class);
    private static final String RETENTION = "history-retention";
    private static final String STATE = "state";
    private static final String KEY = "values-key";
    private static final Duration EVENTS_RETENTION = Duration.ofDays(90);

    static final List<String> NAMES = List.of(RETENTION, STATE, KEY);

    private LocalChecks() {}

    static List<CheckResult> run(VerifierConfig config, KafkaConnection connection) {
        List<CheckResult> results = new ArrayList<>();
        results.add(retention(config));
        try {
            Optional<LastHead> state =
                    new StateReader(connection).verifiedHead().filter(found -> !Uninstall.isUninstalled(found.head()));
            results.add(CheckResult.pass(
                    STATE,
                    state.map(found -> "the last checkpoint is of " + found.written())
                            .orElse("none yet: setup writes the first")));
            results.add(key(config, state));
        } catch (NotSetUpException none) {
            results.add(CheckResult.pass(STATE, "none yet: setup writes the first"));
            results.add(key(config, Optional.empty()));
        } catch (StateCorruptException corrupt) {
            results.add(CheckResult.refuse(STATE, String.valueOf(corrupt.getMessage())));
        }
        return results;
    }

    /** What is deleted before the window ends cannot be replayed: said at every start. */
    static void warnOfRetention(VerifierConfig config) {
        CheckResult result = retention(config);
        if (result.result() == CheckResult.Result.WARN) {
            LOG.warn("{}: {}", result.name(), result.detail());
        }
    }

    private static CheckResult retention(VerifierConfig config) {
        Duration window = config.promotions().stream()
                .map(promotion -> promotion.policy().window())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        Duration kept = config.kafka().history().retention();
        if (!config.kafka().history().enabled()) {
            return CheckResult.warn(RETENTION, "no history is recorded: replay has nothing to read");
        }
        if (kept.compareTo(window) < 0) {
            return CheckResult.warn(
                    RETENTION,
                    "the history is kept for " + days(kept) + ", the longest window is " + days(window)
                            + ": replay cannot reach its start; raise kafka.history.retention");
        }
        return window.compareTo(EVENTS_RETENTION) > 0
                ? CheckResult.warn(
                        RETENTION,
                        "the longest window is " + days(window) + ", findings and counters are kept for "
                                + days(EVENTS_RETENTION))
                : CheckResult.pass(RETENTION, days(kept) + " cover the longest window, " + days(window));
    }

    private static String days(Duration duration) {
        return duration.toDays() > 0 ? duration.toDays() + " days" : duration.toHours() + " hours";
    }

    private static CheckResult key(VerifierConfig config, Optional<LastHead> state) {
        Path file = Seals.keyFile(config);
        boolean made = Seals.needsMadeKey(config);
        if (made && !Files.exists(file)) {
            return state.isPresent()
                    ? CheckResult.refuse(
                            KEY,
                            file + " is missing, and the checkpoint's digests were made with it: restore it from your"
                                    + " backup, or uninstall and setup to begin anew")
                    : CheckResult.pass(KEY, file + " does not exist yet: setup makes it");
        }
        try {
            String now = Seals.of(config).fingerprint();
            Optional<String> then = state.map(found -> found.head().anchor().valuesKeyFingerprint());
            if (then.isPresent() && !then.orElseThrow().equals(now)) {
                return CheckResult.refuse(
                        KEY,
                        "the checkpoint's digests were made with key " + then.orElseThrow() + ", this is " + now
                                + ": restore the old key, or uninstall and setup to begin anew");
            }
            return made && readableByOthers(file)
                    ? CheckResult.warn(KEY, file + " is readable by others: chmod 600 " + file)
                    : CheckResult.pass(KEY, "fingerprint " + now);
        } catch (IllegalArgumentException tooShort) {
            return CheckResult.refuse(KEY, String.valueOf(tooShort.getMessage()));
        } catch (UncheckedIOException unreadable) {
            return CheckResult.unknown(KEY, String.valueOf(unreadable.getMessage()));
        }
    }

    private static boolean readableByOthers(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.GROUP_READ);
        } catch (UnsupportedOperationException notPosix) {
            return false;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the permissions of " + file + " cannot be read", unreadable);
        }
    }
}
