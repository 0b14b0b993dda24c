package io.promotionverifier.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/statistics.md shows what the simulation gives. */
class StatisticsPageTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void theFiguresOfThePageAreThoseOfTheSimulation() throws IOException {
        assertThat(Files.readString(DOCS.resolve("statistics.md"))).contains(RateSimulation.tables());
    }

    @Test
    void thePlotShowsTheFiguresOfTheSimulation() throws IOException {
        assertThat(DOCS.resolve("images/rows-to-abort.svg")).hasContent(RateSimulation.plot());
    }

    @Test
    void theBoundsOfThePageAreThoseThatTheVerifierShows() throws IOException {
        String page = Files.readString(DOCS.resolve("statistics.md"));

        assertThat(page).contains("2,995");
        assertThat(Confidence.upperBound(0, 2_995)).isLessThan(RateSimulation.P0);
        assertThat(Confidence.upperBound(0, 2_994)).isGreaterThan(RateSimulation.P0);
    }
}
