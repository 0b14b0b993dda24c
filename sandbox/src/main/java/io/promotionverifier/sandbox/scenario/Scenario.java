package io.promotionverifier.sandbox.scenario;

import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.core.judge.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A kind of trouble, and what the verifier must make of it: docs/scenarios.md announces the same. */
public enum Scenario {
    FORGOTTEN_COLUMN("The application fills the document and forgets the column.", "COLUMN_MISSING", 1),
    FORGOTTEN_DOCUMENT("The application fills the column and forgets the document.", "DOCUMENT_MISSING", 1),
    LATE_SECOND_WRITE("The application writes the second side in another transaction, a second later.", "CONVERGED", 6),
    FLAPPING_WRITER("Two writers fight over two rows: they break, heal and break again.", "EPISODE", 1),
    REPORT_DIVERGENCE(
            "The report on the column leaves out cases that the report on the document counts.", "DIVERGENT_ROW", 1),
    SLOW_WRITES("Writing twice makes the application's transactions slow, and it says so.", "SLOW_WRITES", 1),
    SLOT_LOST("Somebody drops the replication slot.", "COVERAGE_GAP", 1);

    /** The report that diverges. */
    public static final String REPORT = "cases";

    private final String story;
    private final String kind;
    private final Duration grace;

    Scenario(String story, String kind, long graceSeconds) {
        this.story = story;
        this.kind = kind;
        this.grace = Duration.ofSeconds(graceSeconds);
    }

    /** The scenario of a name; empty if there is none. */
    public static Optional<Scenario> named(String name) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.label().equals(name))
                .findFirst();
    }

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What goes wrong, in one sentence. */
    public String story() {
        return story;
    }

    /** What is counted: injected by the writer, found by the verifier. */
    public String kind() {
        return kind;
    }

    /** How far apart two writes of one value may lie. */
    public Duration grace() {
        return grace;
    }

    /** The verdict in the end. */
    public Verdict verdict() {
        return switch (this) {
            case FORGOTTEN_COLUMN, FORGOTTEN_DOCUMENT, LATE_SECOND_WRITE, REPORT_DIVERGENCE, SLOW_WRITES ->
                Verdict.ABORT;
            case FLAPPING_WRITER -> Verdict.WARN;
            case SLOT_LOST -> Verdict.BLIND;
        };
    }

    /** What raises the abort; empty where none is raised. */
    public Optional<AbortTrigger> trigger() {
        return switch (this) {
            case FORGOTTEN_COLUMN, FORGOTTEN_DOCUMENT -> Optional.of(AbortTrigger.MISMATCH_RATE);
            case LATE_SECOND_WRITE, SLOW_WRITES -> Optional.of(AbortTrigger.DUAL_WRITE_LATENCY);
            case REPORT_DIVERGENCE -> Optional.of(AbortTrigger.REPORT_DIVERGENCE);
            case FLAPPING_WRITER, SLOT_LOST -> Optional.empty();
        };
    }

    /** What the configuration needs beside its defaults, as {@code path=value}. */
    public List<String> assignments() {
        return switch (this) {
            case LATE_SECOND_WRITE ->
                List.of(
                        "defaults.abort.dual_write_latency.p99=500ms",
                        "defaults.abort.dual_write_latency.min_samples=10");
            case REPORT_DIVERGENCE ->
                List.of("reports=[{id: " + REPORT + ", promotion: PROMO-001, every: 1s,"
                        + " column: \"SELECT id, priority FROM nexus_cases WHERE title <> 'archived'\","
                        + " document: \"SELECT id, metadata->>'priority' AS priority FROM nexus_cases\"}]");
            case SLOW_WRITES -> List.of("defaults.abort.dual_write_latency.application.p99=250ms");
            case FORGOTTEN_COLUMN, FORGOTTEN_DOCUMENT, FLAPPING_WRITER, SLOT_LOST -> List.of();
        };
    }
}
