package io.promotionverifier.app.config;

import io.promotionverifier.app.config.form.Forms;
import io.promotionverifier.app.config.form.Key;
import io.promotionverifier.app.config.form.Quantities;
import io.promotionverifier.app.config.form.Secret;
import io.promotionverifier.app.config.form.Section;
import io.promotionverifier.app.config.form.Values;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The keys that may stand under {@code defaults} and in a promotion. */
final class PolicyKeys {
    static final Key<Duration> WINDOW = Key.defaulted(
            "window", Quantities.duration("1s", "3650d"), "30d", "The verified time that the gate to C asks for.");
    static final Key<Duration> GRACE = Key.defaulted(
            "grace",
            Quantities.duration("1ms", "24h"),
            "30s",
            "How long the two writes of one value may lie apart, in commit time; from 1ms to 24h.");
    static final Key<PolicyConfig.Disclosure> VALUES = Key.defaulted(
            "values",
            Forms.oneOf(PolicyConfig.Disclosure.class),
            "redact",
            "What events, history, logs and pages may carry: `redact` keyed digests and lengths, `plain` the values.");
    static final Key<Secret> VALUES_KEY = Key.optional(
            "values_key", Forms.secret(), "The key of the digests; without it `setup` makes one under `data`.");
    static final Key<ZoneId> ZONE = Key.optional(
            "zone",
            Forms.zone(),
            "The zone of naive timestamps in documents; without it such values are UNVERIFIABLE.");
    static final Key<AbortConfig> ABORT =
            Key.section("abort", AbortKeys.SECTION, "When to abort; merges key by key with the defaults.");
    static final Key<Double> NULL_RATE = Key.defaulted(
            "null_rate",
            Quantities.rate(Quantities.Range.FRACTION),
            "1%",
            "The highest share of rows with a document value but a NULL column.");
    static final Key<Double> UNVERIFIABLE_RATE = Key.defaulted(
            "unverifiable_rate",
            Quantities.rate(Quantities.Range.FRACTION),
            "1%",
            "The highest share of changes that could not be verified.");
    static final Key<Duration> CENSUS_AGE =
            Key.defaulted("census_age", Quantities.duration("1s", "365d"), "24h", "How old the latest census may be.");
    static final Section<GateConfig> GATE_SECTION = Section.of(
            List.of(NULL_RATE, UNVERIFIABLE_RATE, CENSUS_AGE),
            values -> new GateConfig(values.get(NULL_RATE), values.get(UNVERIFIABLE_RATE), values.get(CENSUS_AGE)));
    static final Key<GateConfig> GATE =
            Key.section("gate", GATE_SECTION, "When a promotion may go on; merges key by key with the defaults.");

    static final List<Key<?>> ALL = List.of(WINDOW, GRACE, VALUES, VALUES_KEY, ZONE, ABORT, GATE);

    static final Section<PolicyConfig> SECTION = Section.of(ALL, PolicyKeys::make);

    private PolicyKeys() {}

    static PolicyConfig make(Values values) {
        return new PolicyConfig(
                values.get(WINDOW),
                values.get(GRACE),
                values.get(VALUES),
                values.find(VALUES_KEY),
                values.find(ZONE),
                values.get(ABORT),
                values.get(GATE));
    }
}
