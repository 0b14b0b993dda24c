package io.promotionverifier.app.config;

import io.promotionverifier.app.config.form.Forms;
import io.promotionverifier.app.config.form.Key;
import io.promotionverifier.app.config.form.ListForm;
import io.promotionverifier.app.config.form.Section;
import io.promotionverifier.app.config.form.Values;
import java.nio.file.Path;
import java.util.List;

/** The root of the table of keys: what a configuration file may hold. */
final class ConfigKeys {
    static final Key<Long> VERSION =
            Key.defaulted("version", Forms.integer(1, 1), "1", "The version of this file's form.");
    static final Key<String> DATA = Key.defaulted(
            "data",
            Forms.text("a path", "[^\\u0000]+"),
            "./data",
            "The folder of embedded servers and of the values key, relative to this file.");
    static final Key<SourceConfig> SOURCE =
            Key.required("source", SourceKeys.SECTION, "The PostgreSQL that is watched.");
    static final Key<KafkaConfig> KAFKA = Key.required("kafka", KafkaKeys.SECTION, "Where results go.");
    static final Key<HttpConfig> HTTP = Key.section("http", HttpKeys.HTTP, "What is served over HTTP.");
    static final Key<AuthConfig> AUTH = Key.section("auth", HttpKeys.AUTH, "Who may change things over HTTP.");
    static final Key<PolicyConfig> DEFAULTS = Key.section(
            "defaults",
            PolicyKeys.SECTION,
            "What promotions start from; any of these keys may stand in a promotion too.");
    static final Key<List<PromotionConfig>> PROMOTIONS =
            Key.required("promotions", new ListForm<>(PromotionKeys.SECTION, 1), "What is verified.");
    static final Key<List<ReportConfig>> REPORTS = Key.defaulted(
            "reports", new ListForm<>(ReportKeys.SECTION, 0), "[]", "Pairs of queries that must give the same rows.");

    static final Section<VerifierConfig> ROOT = Section.of(
            List.of(VERSION, DATA, SOURCE, KAFKA, HTTP, AUTH, DEFAULTS, PROMOTIONS, REPORTS), ConfigKeys::make);

    private ConfigKeys() {}

    private static VerifierConfig make(Values values) {
        return new VerifierConfig(
                Path.of(values.get(DATA)),
                values.get(SOURCE),
                values.get(KAFKA),
                values.get(HTTP),
                values.get(AUTH),
                values.get(DEFAULTS),
                values.get(PROMOTIONS),
                values.get(REPORTS));
    }
}
