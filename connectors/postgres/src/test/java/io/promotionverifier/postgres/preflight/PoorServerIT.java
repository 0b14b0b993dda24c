package io.promotionverifier.postgres.preflight;

import static io.promotionverifier.postgres.SourceDatabase.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.preflight.check.CheckResult.Result;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoorServerIT {
    @Test
    void aServerWithoutLogicalDecodingIsToldEverythingAtOnce() {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(SourceDatabase.options()
                .withSetting("wal_level", "replica")
                .withSetting("max_wal_senders", "0")
                .withSetting("max_replication_slots", "0"))) {
            PostgresAccess access = new PostgresAccess(server.jdbcUrl("postgres"), server.user(), server::password);

            List<CheckResult> results =
                    Preflight.run(access, new CaptureRequest("s", "p", List.of(promotion("P", "nope"))), Set.of());

            assertThat(results)
                    .filteredOn(result -> result.result() == Result.REFUSE)
                    .extracting(CheckResult::name)
                    .containsExactly("wal-level", "free-slots", "free-wal-senders", "table public.nope");
            assertThat(results)
                    .extracting(CheckResult::sql)
                    .contains(Optional.of("ALTER SYSTEM SET wal_level = 'logical'"));
        }
    }
}
