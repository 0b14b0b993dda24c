package io.promotionverifier.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The documentation of the keys is made from the keys. */
class ConfigReferenceTest {
    private static final String BEGIN = "<!-- keys: begin -->";
    private static final String END = "<!-- keys: end -->";

    @Test
    void theDocumentationListsEveryKeyAsTheLoaderKnowsIt() throws IOException {
        Path page = Path.of("..", "docs", "configuration.md");
        List<String> lines = Files.readAllLines(page);
        int begin = lines.indexOf(BEGIN);
        int end = lines.indexOf(END);
        assertThat(begin).isNotNegative().isLessThan(end);
        if (Boolean.getBoolean("verifier.docs.write")) {
            List<String> renewed = new ArrayList<>(lines.subList(0, begin + 1));
            renewed.addAll(ConfigReference.markdown());
            renewed.addAll(lines.subList(end, lines.size()));
            Files.write(page, renewed);
            return;
        }

        assertThat(lines.subList(begin + 1, end))
                .as("docs/configuration.md is stale; renew it with"
                        + " ./mvnw -pl verifier-app -am test -Dtest=ConfigReferenceTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dverifier.docs.write=true")
                .isEqualTo(ConfigReference.markdown());
    }
}
