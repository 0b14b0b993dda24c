package io.promotionverifier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.app.deploy.Checkout;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/doctor.md has a row for every check, in the order in which doctor shows them, and for no other. */
class DoctorPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|.*\\|.*\\|.*\\|$");

    private final String page = Checkout.text("docs/doctor.md");

    @Test
    void everyCheckHasItsRowAndEveryRowItsCheck() {
        List<String> rows = ROW.matcher(page)
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
        assertThat(rows).containsExactlyElementsOf(Checks.names()).doesNotHaveDuplicates();
    }
}
