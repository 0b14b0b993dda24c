package io.promotionverifier.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.sandbox.scenario.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/scenarios.md announces what the demonstration asks for. */
class ScenariosPageTest {
    @ParameterizedTest
    @EnumSource
    void everyScenarioIsAnnounced(Scenario scenario) {
        String trigger = scenario.trigger().map(AbortTrigger::name).orElse("none");

        assertThat(Checkout.text("docs/scenarios.md")
                        .lines()
                        .filter(line -> line.startsWith("| `" + scenario.label() + "` |")))
                .singleElement()
                .asString()
                .contains("| `" + scenario.verdict() + "` |", "| " + trigger + " |", "`" + scenario.kind() + "`");
    }
}
