package io.promotionverifier.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.fixture.ModelCheck;
import io.promotionverifier.core.fixture.Seeds;
import io.promotionverifier.core.fixture.SimulatedKafka.Commit;
import io.promotionverifier.core.fixture.Simulation;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The checkpoint protocol under everything that may befall it, by seeds: {@code -Psimulation} runs 100,000 of them,
 * {@code -Dverifier.seeds=} so many, {@code -Dverifier.seed=} one.
 */
class CheckpointSimulationTest {
    private static final int SEEDS = Integer.getInteger("verifier.seeds", 1_000);

    @Test
    void whateverBefallsThemWhatIsKeptIsExactOrAGapIsFound() {
        AtomicInteger exact = new AtomicInteger();
        AtomicInteger gaps = new AtomicInteger();
        Seeds.each(SEEDS, seed -> {
            Simulation simulation = new Simulation(seed);
            Optional<Commit> kept = simulation.run();
            kept.ifPresent(last -> ModelCheck.agrees(simulation.steps(), last.checkpoint(), last.state()));
            (kept.isPresent() ? exact : gaps).incrementAndGet();
        });
        assertThat(exact.get()).as("exact, while %s found a gap", gaps).isPositive();
        assertThat(gaps.get() + exact.get()).isPositive();
        System.out.printf("%d simulations: %d exact, %d found their checkpoint lost%n", SEEDS, exact.get(), gaps.get());
    }
}
