package io.promotionverifier.app.config;

import io.promotionverifier.app.config.form.Forms;
import io.promotionverifier.app.config.form.Key;
import io.promotionverifier.app.config.form.Quantities;
import io.promotionverifier.app.config.form.Section;
import io.promotionverifier.core.promotion.PromotionId;
import java.time.Duration;
import java.util.List;

/** The keys of {@code reports[]}. */
final class ReportKeys {
    private static final String QUERY = "[\\s\\S]*\\S[\\s\\S]*";

    static final Key<String> ID = Key.required(
            "id",
            Forms.text("a report id (letters, digits and . _ -, 64 at most)", "[A-Za-z0-9][A-Za-z0-9._-]{0,63}"),
            "The report's name, unique in this file.");
    static final Key<String> PROMOTION = Key.required(
            "promotion",
            Forms.text("a promotion id (letters, digits and . _ -, 64 at most)", "[A-Za-z0-9][A-Za-z0-9._-]{0,63}"),
            "The promotion whose reports it compares.");
    static final Key<Duration> EVERY =
            Key.defaulted("every", Quantities.duration("1s", "365d"), "1h", "How often both sides are read.");
    static final Key<String> COLUMN =
            Key.required("column", Forms.text("a query", QUERY), "The query on the promoted column.");
    static final Key<String> DOCUMENT = Key.required(
            "document", Forms.text("a query", QUERY), "The query on the document; must give the same rows.");

    static final Section<ReportConfig> SECTION = Section.of(
            List.of(ID, PROMOTION, EVERY, COLUMN, DOCUMENT),
            values -> new ReportConfig(
                    values.get(ID),
                    new PromotionId(values.get(PROMOTION)),
                    values.get(EVERY),
                    values.get(COLUMN),
                    values.get(DOCUMENT)));

    private ReportKeys() {}
}
