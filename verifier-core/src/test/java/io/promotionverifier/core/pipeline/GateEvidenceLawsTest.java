package io.promotionverifier.core.pipeline;

import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.fixture.ScriptedSource;
import io.promotionverifier.core.fixture.Story;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the gate goes by is kept exactly: the clock, what was exercised, and who overrode what. */
class GateEvidenceLawsTest {
    private static Story story() {
        return new Story(promotion("PROMO-001").promotingOnly("low", "high").build());
    }

    private static Input override(Phase to, long number) {
        return new Input.Ordered(new Command(
                Command.Kind.GATE_OVERRIDE,
                new PromotionId("PROMO-001"),
                "the board decided",
                "ana",
                ScriptedSource.second(50),
                number,
                Optional.empty(),
                Optional.of(new Command.Overruled(to, List.of("verified_time")))));
    }

    private static Duration verified(Story story) {
        return story.status().window().verified();
    }

    @Test
    void theClockStandsStillWhileBlindAlsoOverARestart() {
        Story story = story().heartbeat(0).heartbeat(10);
        story.tell(new Input.Silence("nothing comes"));
        story.restart();
        story.heartbeat(70).heartbeat(75);

        assertThat(verified(story)).isEqualTo(Duration.ofSeconds(15));
        assertThat(story.status().window().blind()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void theClockStandsStillWhileAbortedAlsoOverARestart() {
        Story story = story().heartbeat(0).heartbeat(10).raise(10);
        story.restart().heartbeat(70);
        assertThat(verified(story)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void liveWritesAndTheirValuesAreKeptThroughRestartsAndBackfillsCountNothing() {
        Story story = story();
        story.tx(1)
                .at(1)
                .insert(1, "low", "low")
                .update(2, "low", "low")
                .delete(3)
                .commit();
        story.tx(2).at(2).backfilling().insert(4, "high", "high").commit();
        story.settle().restart();
        PromotionStatus.Seen seen = story.status().seen();

        assertThat(seen.witnessed().of(Operation.INSERT)).isOne();
        assertThat(seen.witnessed().of(Operation.UPDATE)).isOne();
        assertThat(seen.witnessed().of(Operation.DELETE)).isOne();
        assertThat(seen.unseenAllowed()).contains(Set.of("high"));

        story.tx(3).at(3).update(1, "high", "high").commit();
        story.settle().restart();
        assertThat(story.status().seen().witnessed().of(Operation.UPDATE)).isEqualTo(2);
        assertThat(story.status().seen().unseenAllowed()).contains(Set.of());
    }

    @Test
    void distinctRowsAreTheSameThroughRestartsAndItIsSaidWhenTheyAreAnEstimate() {
        Story straight = story();
        Story restarted = story();
        for (int row = 1; row <= 3_000; row++) {
            for (Story each : List.of(straight, restarted)) {
                each.tx(row).at(row).insert(row % 2_000, "low", "low").commit();
            }
            if (row % 500 == 0) {
                restarted.settle().restart();
                assertThat(restarted.status().seen())
                        .isEqualTo(straight.settle().status().seen());
            }
            if (row == 500) {
                assertThat(straight.status().seen().exact()).isTrue();
                assertThat(straight.status().seen().rows()).isEqualTo(500);
            }
        }
        assertThat(straight.status().seen().exact()).isFalse();
        assertThat(straight.status().seen().rows()).isBetween(1_900L, 2_100L);
    }

    @Test
    void aClearBeginsTheWindowAndWhatItHasSeenAnew() {
        Story story = story();
        story.tx(1).at(1).insert(1, "low", "low").commit();
        story.settle().raise(5).clear(6);

        assertThat(story.status().seen().witnessed().written()).isZero();
        assertThat(story.status().seen().unseenAllowed()).contains(Set.of("low", "high"));
    }

    @Test
    void anOverrideIsToldOnceAndKeptThroughRestarts() {
        Story story = story().heartbeat(1).tell(override(Phase.C, 0));
        story.restart().tell(override(Phase.C, 0));

        assertThat(story.effects().stream().filter(Effect.GateOverridden.class::isInstance))
                .singleElement()
                .satisfies(effect -> assertThat(effect.eventId()).isEqualTo("PROMO-001:1:gate-override:command-0"));
        assertThat(story.status().override()).hasValueSatisfying(given -> {
            assertThat(given.by()).isEqualTo("ana");
            assertThat(given.reason()).isEqualTo("the board decided");
            assertThat(given.checks()).containsExactly("verified_time");
        });
    }

    @Test
    void anOverrideEndsWithAnAbortAndMeansNothingAgainstOne() {
        Story story = story().heartbeat(1).tell(override(Phase.C, 0)).order(Command.Kind.RAISE, 1, 2);
        assertThat(story.status().override()).isEmpty();

        story.tell(override(Phase.C, 2)).order(Command.Kind.CLEAR, 3, 4);
        assertThat(story.status().override()).isEmpty();
    }

    @Test
    void anOverrideOfAStepThatIsNotNextMeansNothing() {
        assertThat(story().heartbeat(1).tell(override(Phase.B, 0)).status().override())
                .isEmpty();
    }
}
