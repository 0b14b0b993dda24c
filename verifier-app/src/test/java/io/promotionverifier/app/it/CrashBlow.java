package io.promotionverifier.app.it;

import io.promotionverifier.kafka.publish.FailPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** One blow of the crash test. */
enum CrashBlow {
    BEFORE_SEND(FailPoint.BEFORE_SEND),
    BEFORE_COMMIT(FailPoint.BEFORE_COMMIT),
    INSIDE_COMMIT(FailPoint.INSIDE_COMMIT),
    AFTER_COMMIT(FailPoint.AFTER_COMMIT),
    AFTER_CONFIRMATION(FailPoint.AFTER_CONFIRMATION),
    /** kill -9 at any moment. */
    DAEMON,
    /** kill -9 before the daemon is ready. */
    STARTING_DAEMON,
    /** SIGSTOP, a successor, SIGCONT; the successor is then killed. */
    FROZEN_DAEMON,
    /** kill -9 of the broker. */
    BROKER,
    /** kill -9 of the postmaster. */
    SERVER,
    /** pg_ctl stop -m immediate. */
    SERVER_IMMEDIATE;

    private final Optional<FailPoint> point;

    CrashBlow() {
        this.point = Optional.empty();
    }

    CrashBlow(FailPoint point) {
        this.point = Optional.of(point);
    }

    /** True if a daemon has to be started after it. */
    boolean endsTheDaemon() {
        return this != BROKER && this != SERVER && this != SERVER_IMMEDIATE;
    }

    boolean isFailPoint() {
        return point.isPresent();
    }

    /** What arms a daemon to die by it. */
    List<String> options(Random random) {
        return point.map(place -> List.of("-D" + FailPoint.PROPERTY + "="
                        + place.name().toLowerCase(Locale.ROOT) + ":" + (2 + random.nextInt(10))))
                .orElse(List.of());
    }

    /** So many blows in random order: servers twice as often as each other one, frozen daemons seldom. */
    static List<CrashBlow> deck(int size, Random random) {
        List<CrashBlow> suit = new ArrayList<>(Arrays.asList(values()));
        suit.addAll(List.of(BROKER, BROKER, SERVER, SERVER_IMMEDIATE));
        List<CrashBlow> deck = new ArrayList<>();
        while (deck.size() < size) {
            Collections.shuffle(suit, random);
            boolean again = !deck.isEmpty();
            suit.stream().filter(blow -> !(again && blow == FROZEN_DAEMON)).forEach(deck::add);
        }
        return deck.subList(0, size);
    }
}
