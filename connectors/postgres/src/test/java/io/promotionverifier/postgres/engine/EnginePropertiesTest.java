package io.promotionverifier.postgres.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.debezium.util.Strings;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.KeyForm;
import io.promotionverifier.postgres.decode.KeyPart;
import io.promotionverifier.postgres.decode.UnreadableMarks;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Debezium is told. */
class EnginePropertiesTest {
    private static final CapturedTable TABLE =
            new CapturedTable(new TableName("public", "t"), List.of(new KeyPart("id", KeyForm.NUMBER)), List.of());

    private static CaptureSettings settings(Map<String, String> passThrough, CapturedTable... tables) {
        return settings("?sslmode=require&socketTimeout=7", passThrough, tables);
    }

    private static CaptureSettings settings(String query, Map<String, String> passThrough, CapturedTable... tables) {
        return new CaptureSettings(
                ServerAddress.parse("jdbc:postgresql://h:1/d" + query),
                "ana",
                "hunter2",
                "slot",
                "pub",
                "verifier.slot",
                "nexus",
                List.of(tables),
                passThrough);
    }

    @Test
    void everythingThatTheVerifierSetsCannotBePassedThroughButForFourSizes() {
        Properties properties = EngineProperties.of(settings(Map.of(), TABLE), UnreadableMarks.random());
        Set<String> open = new TreeSet<>(properties.stringPropertyNames());
        open.removeIf(OwnedProperties::isOwned);
        assertThat(open)
                .containsExactly(
                        "connection.validation.timeout.ms",
                        "max.batch.size",
                        "max.queue.size",
                        "max.queue.size.in.bytes",
                        "statistics.metrics.enabled",
                        "status.update.interval.ms");
    }

    @Test
    void aPassedThroughPropertyReplacesOurDefault() {
        Properties properties = EngineProperties.of(settings(Map.of("max.batch.size", "7")), UnreadableMarks.random());
        assertThat(properties.getProperty("max.batch.size")).isEqualTo("7");
        assertThat(properties.getProperty("max.queue.size")).isEqualTo("14");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "snapshot.mode",
                "publication.autocreate.mode",
                "replica.identity.autoset.values",
                "transforms",
                "database.initial.statements",
                "heartbeat.action.query",
                "lsn.flush.mode",
                "slot.stream.params"
            })
    void anOwnedPropertyIsRefusedByName(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(key, "x")))
                .withMessageContaining(key);
    }

    @Test
    void parametersOfTheUrlReachTheDriver() {
        Properties properties = EngineProperties.of(settings(Map.of(), TABLE), UnreadableMarks.random());
        assertThat(properties.getProperty("database.sslmode")).isEqualTo("require");
        assertThat(properties.getProperty("driver.socketTimeout")).isEqualTo("7");
    }

    @Test
    void factoriesOfTheUsersOwnAreWrappedAndReplaceNone() {
        CaptureSettings own = settings("?socketFactory=a.Sockets&sslfactory=a.Tls&socketFactoryArg=x", Map.of(), TABLE);
        Properties properties = EngineProperties.of(own, UnreadableMarks.random());
        assertThat(properties)
                .containsEntry("driver.socketFactory", EngineSockets.class.getName())
                .containsEntry("driver." + EngineSockets.THEIRS, "a.Sockets")
                .containsEntry("driver.socketFactoryArg", "x")
                .containsEntry("driver.sslfactory", EngineTls.class.getName())
                .containsEntry("driver." + EngineTls.THEIRS, "a.Tls");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "With.Dot", "a,b", " blank ", "q\"uo'te`", "\\E\\Q", "Ünï ç😀", "(a|b)*$^[x]{2}"})
    void aQuotedNameMatchesItselfAndNothingElseAfterDebeziumSplitTheList(String name) {
        Set<Pattern> patterns = Strings.setOfRegex(EngineProperties.quoted(name) + "," + EngineProperties.quoted("z"));
        assertThat(patterns).hasSize(2);
        assertThat(patterns).anyMatch(pattern -> pattern.matcher(name).matches());
        assertThat(patterns).noneMatch(pattern -> pattern.matcher(name + "x").matches());
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(settings(Map.of(), TABLE).toString())
                .doesNotContain("hunter2")
                .contains("ana", "slot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"t", "t\"", "t''t", "t``t"})
    void aTableNameThatDebeziumWouldChangeIsRefused(String name) {
        CapturedTable table = new CapturedTable(new TableName("public", name), TABLE.key(), List.of());
        assertThatIllegalArgumentException().isThrownBy(() -> settings(Map.of(), table));
    }

    @Test
    void columnsThatDifferInCaseOnlyAreRefused() {
        List<KeyPart> key = List.of(new KeyPart("id", KeyForm.NUMBER), new KeyPart("ID", KeyForm.NUMBER));
        CapturedTable table = new CapturedTable(TABLE.name(), key, List.of());
        assertThatIllegalArgumentException().isThrownBy(() -> settings(Map.of(), table));
    }
}
