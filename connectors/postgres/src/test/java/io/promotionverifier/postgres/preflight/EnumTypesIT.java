package io.promotionverifier.postgres.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.engine.CaptureEnd;
import io.promotionverifier.postgres.engine.CaptureEngine;
import io.promotionverifier.postgres.engine.StreamedDatabase;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.preflight.check.CheckResult.Result;
import io.promotionverifier.postgres.slot.CaptureRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The types on which Debezium stops: what doctor refuses is what ends the engine. A Debezium that can fails this. */
class EnumTypesIT {
    private static CheckResult check(StreamedDatabase database) {
        PostgresAccess access = new PostgresAccess(
                database.server().jdbcUrl(database.name()), database.server().user(), database::password);
        CaptureRequest request = new CaptureRequest(database.name(), database.name(), List.of());
        return Preflight.run(access, request, Set.of()).stream()
                .filter(result -> result.name().equals("enum-types"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE DOMAIN other.rank AS other.level", "CREATE TYPE other.rank AS ENUM ()"})
    void aTypeThatPassesForAnEnumEndsTheEngineAndIsRefused(String type)
            throws InterruptedException, ExecutionException, TimeoutException {
        try (StreamedDatabase database =
                new StreamedDatabase("t", "CREATE TABLE t (id bigint PRIMARY KEY, priority text, metadata jsonb)")) {
            database.run("CREATE SCHEMA other", "CREATE TYPE other.level AS ENUM ('low', 'high')");
            assertThat(check(database).result()).isEqualTo(Result.PASS);
            database.run(type);
            assertThat(check(database).result()).isEqualTo(Result.REFUSE);
            assertThat(check(database).detail()).contains("other.rank");
            CaptureEngine engine = new CaptureEngine(
                    database.settings(StreamedDatabase.table("t")), StreamedDatabase.CLOCK, (batch, confirm) -> {});
            engine.start(Lsn.ZERO);
            try {
                CaptureEnd end = engine.completion().toCompletableFuture().get(60, TimeUnit.SECONDS);
                assertThat(end).isInstanceOf(CaptureEnd.Failed.class);
                assertThat(((CaptureEnd.Failed) end).cause()).hasStackTraceContaining("NullPointerException");
            } finally {
                engine.stop(Duration.ofSeconds(10));
            }
        }
    }
}
