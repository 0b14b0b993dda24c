package io.promotionverifier.topics.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promotionverifier.postgres.decode.UnreadableMarks;
import io.promotionverifier.topics.decode.RowLife.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that Debezium 3.6.1 wrote of a row's life, in the forms that people have; {@link RowLifeIT} keeps them. */
class RowLifeTest {
    private static List<Sample> stored(String form) {
        try (InputStream lines = RowLifeTest.class.getResourceAsStream("/debezium/" + form + ".ndjson")) {
            assertThat(lines).as(form).isNotNull();
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Sample::parse)
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ChangeReader reader() {
        return RowLife.reader(UnreadableMarks.random());
    }

    static void isRefusedAsFlattened(Sample sample) {
        assertThatThrownBy(() -> sample.readBy(reader()))
                .isInstanceOf(UnreadableTopicException.class)
                .hasMessageContaining(sample.topic())
                .hasMessageContaining("ExtractNewRecordState");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "schemas", "transactions"})
    void aRowsLifeIsToldAlikeWithAndWithoutSchemaAndBesideATransactionTopic(String form) {
        RowLife.isToldBy(stored(form));
    }

    @Test
    void theSamplesAreWhatTheirNamesSay() {
        assertThat(stored("plain")).noneMatch(RowLifeTest::hasSchema).noneMatch(RowLife::isTransaction);
        assertThat(stored("schemas"))
                .filteredOn(sample -> sample.value().isPresent())
                .allMatch(RowLifeTest::hasSchema);
        assertThat(stored("transactions")).anyMatch(RowLife::isTransaction);
        assertThat(stored("plain")).anyMatch(sample -> sample.value().isEmpty());
    }

    private static boolean hasSchema(Sample sample) {
        return sample.value().filter(text -> text.startsWith("{\"schema\":")).isPresent();
    }

    @Test
    void theTransactionTopicIsNotReadAndWouldBeRefused() {
        assertThat(List.of(RowLife.form().topic(RowLife.TABLE), RowLife.form().messageTopic()))
                .containsExactly("life.public.life", "life.message");
        Sample begin = stored("transactions").stream()
                .filter(RowLife::isTransaction)
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> begin.readBy(reader())).isInstanceOf(UnreadableTopicException.class);
    }

    @Test
    void flattenedRecordsAreRefusedByName() {
        List<Sample> flattened = stored("unwrapped").stream()
                .filter(sample -> sample.topic().equals("life.public.life"))
                .filter(sample ->
                        sample.value().filter(text -> !text.equals("null")).isPresent())
                .toList();
        assertThat(flattened).hasSizeGreaterThan(2).allSatisfy(RowLifeTest::isRefusedAsFlattened);
    }

    @Test
    void whatIsNoJsonIsRefusedByNameAndNotPrinted() {
        // Confluent's framing of Avro: a zero, the schema's id, then binary data.
        byte[] avro = HexFormat.of().parseHex("000000002a0202066c6f77");
        assertThatThrownBy(() -> reader().read("topic t, partition 0, offset 3", avro, new RecordHeaders()))
                .isInstanceOf(UnreadableTopicException.class)
                .hasMessageContaining("offset 3")
                .hasMessageContaining("JsonConverter")
                .hasMessageNotContaining("low")
                .hasNoCause();
    }

    @Test
    void aRecordWithoutItsPlaceInTheLogIsRefusedByName() {
        Sample insert = stored("plain").get(0);
        String value = insert.value().orElseThrow().replaceAll("\"sequence\":\"[^}]*?]\",?", "");
        Sample old = new Sample(insert.topic(), Map.of(), Optional.of(value));
        assertThatThrownBy(() -> old.readBy(reader()))
                .isInstanceOf(UnreadableTopicException.class)
                .hasMessageContaining("source.sequence")
                .hasMessageContaining("Debezium before 1.5");
    }
}
