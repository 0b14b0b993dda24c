package io.promotionverifier.app.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Map;

/** Says of each of our meters what it is, for whoever looks at a scrape. Immutable. */
final class MeterDescriptions implements MeterFilter {
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("verifier.changes", "Committed row changes, by operation"),
            Map.entry("verifier.outcomes", "Outcomes of the committed row changes"),
            Map.entry("verifier.mismatches", "Mismatched row changes, by kind"),
            Map.entry("verifier.unverifiable", "Row changes that could not be judged, by reason"),
            Map.entry("verifier.backfill.changes", "Row changes written by a marked backfill"),
            Map.entry("verifier.reread.changes", "Row changes whose document was not in the log and was read again"),
            Map.entry("verifier.findings.open", "Rows that disagree now"),
            Map.entry("verifier.mismatch.ratio", "The window rate and the state rate, from 0 to 1"),
            Map.entry("verifier.mismatch.ratio.estimated", "1 while the window rate rests on an estimate"),
            Map.entry("verifier.changes.estimated", "Row changes of the table by its statistics, an estimate"),
            Map.entry("verifier.null.ratio", "Document values without a column value, by the census, from 0 to 1"),
            Map.entry("verifier.verdict", "1 for the verdict of now"),
            Map.entry("verifier.burn", "1 while the tolerated rate is used up at this speed"),
            Map.entry("verifier.abort.active", "1 while an abort is active"),
            Map.entry("verifier.abort.threshold", "The configured limit: a rate, seconds or rows"),
            Map.entry("verifier.aborts", "Aborts raised"),
            Map.entry("verifier.dual.write.latency", "Between the two halves of a split write, since the start"),
            Map.entry("verifier.application.write.latency.seconds", "The application's write latency as it was told"),
            Map.entry("verifier.detection", "From the commit to the published event, since the start"),
            Map.entry("verifier.window.verified.seconds", "Verified time of the window"),
            Map.entry("verifier.window.blind.seconds", "Time of the window in which nothing was seen"),
            Map.entry("verifier.coverage.gaps", "Coverage gaps"),
            Map.entry("verifier.report.divergent.rows", "Rows that only one side of a report gives"),
            Map.entry("verifier.report.failures", "Readings of a report that failed, since the start"),
            Map.entry("verifier.census.finished.timestamp.seconds", "When the last census ended"),
            Map.entry("verifier.census.progress.ratio", "How far the running census is; 1 when none runs"),
            Map.entry("verifier.source.lag.seconds", "Stream time behind the server's clock"),
            Map.entry("verifier.source.lag.bytes", "Log that is not judged yet"),
            Map.entry("verifier.source.heartbeat.timestamp.seconds", "When our last message came back through the log"),
            Map.entry("verifier.slot.retained.bytes", "Log that PostgreSQL keeps for the slot"),
            Map.entry("verifier.engine.restarts", "How often the engine was rebuilt, since the start"),
            Map.entry("verifier.topic.records.passed.over", "Records of existing topics that are no row change"),
            Map.entry("verifier.checkpoint", "How long a checkpoint took, since the start"),
            Map.entry("verifier.checkpoint.timestamp.seconds", "When the last checkpoint was acknowledged"),
            Map.entry("verifier.build.info", "The versions that run"));

    @Override
    public Meter.Id map(Meter.Id id) {
        String text = TEXTS.get(id.getName());
        return text == null
                ? id
                : new Meter.Id(id.getName(), Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), text, id.getType());
    }
}
