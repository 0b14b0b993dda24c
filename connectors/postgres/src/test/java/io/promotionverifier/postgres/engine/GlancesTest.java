package io.promotionverifier.postgres.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GlancesTest {
    private final Glances glances = new Glances();

    @Test
    void eachLookInVainMakesTheNextOneLongerUpToABound() {
        assertThat(glances.millis(1, 0)).isEqualTo(1);
        assertThat(glances.millis(1, 0)).isEqualTo(2);
        for (int i = 0; i < 20; i++) {
            glances.millis(1, 0);
        }
        assertThat(glances.millis(1, 0)).isEqualTo(100);
    }

    @Test
    void afterAMessageTheDriverLooksAsOftenAsItMeantTo() {
        glances.millis(1, 0);
        glances.millis(1, 0);

        assertThat(glances.millis(1, 1)).isEqualTo(1);
        assertThat(glances.millis(1, 1)).isEqualTo(2);
    }

    @Test
    void everyOtherTimeoutIsTheDrivers() {
        assertThat(glances.millis(0, 0)).isZero();
        assertThat(glances.millis(10_000, 0)).isEqualTo(10_000);
    }
}
