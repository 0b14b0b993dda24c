package io.promotionverifier.kafka.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Position;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.judge.AbortCleared;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.pipeline.CoverageGap;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.kafka.Sample;
import io.promotionverifier.kafka.client.EventHeaders;
import io.promotionverifier.kafka.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Where each effect goes, under which key and with which headers. */
final class EventRecordsTest {
    private final EventRecords records = new EventRecords("verifier", "nexus", true);

    @Test
    void aFindingHasAllHeadersOfACloudEvent() {
        ProducerRecord<String, byte[]> record = record(Sample.turned("f-1", Sample.KEY, FindingState.CONFIRMED, 1));
        assertThat(record.topic()).isEqualTo("verifier.findings");
        assertThat(record.key()).isEqualTo("PROMO-001|{\"id\": 88213}");
        assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(record, "ce_id")).isEqualTo("f-1/1");
        assertThat(header(record, "ce_source")).isEqualTo("/verifier/nexus");
        assertThat(header(record, "ce_type")).isEqualTo("verifier.finding.confirmed.v1");
        assertThat(header(record, "ce_subject")).isEqualTo("PROMO-001");
        assertThat(header(record, "ce_time")).isEqualTo("2025-01-16T09:30:01.500000Z");
        assertThat(header(record, "content-type")).isEqualTo("application/json");
        assertThat(Json.parse(record.value()).at("/key/id").asInt()).isEqualTo(88213);
    }

    @Test
    void beforeTheSourceHasShownATimeAnEventHasNone() {
        var early = record(new Effect.TimeRecorded("t", new Moment(Lsn.ZERO, OptionalLong.empty(), Instant.EPOCH)));
        assertThat(early.headers().lastHeader("ce_time")).isNull();
        assertThat(header(early, "ce_id")).isEqualTo("t");
    }

    @Test
    void aFindingsTypeIsItsCurrentState() {
        assertThat(type(Sample.turned("f", Sample.KEY, FindingState.SUSPECTED, 0)))
                .isEqualTo("verifier.finding.opened.v1");
        assertThat(type(Sample.turned("f", Sample.KEY, FindingState.SUSPECTED, 1)))
                .isEqualTo("verifier.finding.opened.v1");
        assertThat(type(Sample.turned("f", Sample.KEY, FindingState.CONVERGED, 1)))
                .isEqualTo("verifier.finding.converged.v1");
        assertThat(type(Sample.turned("f", Sample.KEY, FindingState.RESOLVED, 2)))
                .isEqualTo("verifier.finding.resolved.v1");
    }

    @Test
    void abortsAndCountersGoToTheirTopicsUnderThePromotion() {
        var raised = record(new Effect.AbortRaised(Sample.abort("a-1")));
        var ended = record(new Effect.AbortEnded(new AbortCleared(Sample.abort("a-1"), Sample.TIME, "ana", "over")));
        var cut = record(
                new Effect.CountersCut("c-1", Sample.status(Optional.empty(), Optional.of(Sample.TIME)), Sample.TIME));
        assertThat(List.of(raised.topic(), ended.topic(), cut.topic()))
                .containsExactly("verifier.aborts", "verifier.aborts", "verifier.counters");
        assertThat(List.of(raised.key(), ended.key(), cut.key())).containsOnly("PROMO-001");
        assertThat(List.of(header(raised, "ce_type"), header(ended, "ce_type"), header(cut, "ce_type")))
                .containsExactly("verifier.abort.raised.v1", "verifier.abort.cleared.v1", "verifier.counters.v1");
        assertThat(List.of(header(raised, "ce_id"), header(ended, "ce_id"))).containsExactly("a-1", "a-1/cleared");
    }

    @Test
    void theHistoryHoldsAllInputsEachUnderItsOwnType() {
        assertThat(history(change(Operation.UPDATE, Optional.of(Sample.KEY))))
                .isEqualTo("verifier.change.v1 public.nexus_cases|{\"id\": 88213}");
        assertThat(history(change(Operation.TRUNCATE, Optional.empty())))
                .isEqualTo("verifier.change.v1 public.nexus_cases|");
        assertThat(history(new Effect.TimeRecorded("t", new Moment(Lsn.ZERO, OptionalLong.empty(), Sample.TIME))))
                .isEqualTo("verifier.time.v1 nexus");
        Command command = new Command(Command.Kind.RAISE, Sample.PROMOTION, "why", "ana", Sample.TIME, 7);
        assertThat(history(new Effect.InputRecorded("c", new Input.Ordered(command), new Lsn(1), Sample.TIME)))
                .isEqualTo("verifier.command.applied.v1 PROMO-001");
        assertThat(history(new Effect.InputRecorded("s", new Input.Silence("30 s"), new Lsn(1), Sample.TIME)))
                .isEqualTo("verifier.silence.v1 nexus");
        CoverageGap gap = new CoverageGap(Lsn.ZERO, Lsn.parse("0/2"), "slot lost");
        assertThat(history(new Effect.InputRecorded("g", new Input.GapFound(gap), new Lsn(1), Sample.TIME)))
                .isEqualTo("verifier.gap.v1 nexus");
    }

    @Test
    void withoutHistoryOnlyTheHistoryIsLeftOut() {
        EventRecords silent = new EventRecords("verifier", "nexus", false);
        assertThat(silent.of(change(Operation.UPDATE, Optional.of(Sample.KEY)))).isEmpty();
        assertThat(silent.of(Sample.turned("f", Sample.KEY, FindingState.SUSPECTED, 0)))
                .isPresent();
    }

    private static Effect change(Operation operation, Optional<RowKey> key) {
        RowEvent event =
                new RowEvent(operation, Sample.TABLE, key, Optional.empty(), Origin.LIVE, Optional.empty(), List.of());
        return new Effect.ChangeRecorded(
                "id", new RowChange(event, new Position(Lsn.ZERO, 1, 0, Sample.TIME), true), Map.of());
    }

    private String history(Effect effect) {
        ProducerRecord<String, byte[]> record = record(effect);
        assertThat(record.topic()).isEqualTo("verifier.history");
        return header(record, "ce_type") + " " + record.key();
    }

    private String type(Effect effect) {
        return header(record(effect), "ce_type");
    }

    private ProducerRecord<String, byte[]> record(Effect effect) {
        return records.of(effect).orElseThrow();
    }

    private static String header(ProducerRecord<String, byte[]> record, String name) {
        return EventHeaders.get(record.headers(), name).orElseThrow();
    }
}
