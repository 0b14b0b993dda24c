package io.promotionverifier.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The pair of servers that test classes share, on the environment that the build chose. */
final class SharedServersIT {
    @Test
    void everyCallGivesTheSamePairAndEveryDatabaseIsFresh()
            throws SQLException, ExecutionException, InterruptedException {
        TestEnvironment servers = SharedServers.get();
        assertThat(SharedServers.get()).isSameAs(servers);
        String database = servers.createDatabase();
        assertThat(servers.createDatabase()).isNotEqualTo(database);
        assertThat(Rows.one(servers, database, "SELECT current_database()")).isEqualTo(database);
        assertThat(Rows.one(servers, database, "SHOW wal_level")).isEqualTo("logical");
        Records.createTopic(servers.bootstrap(), database);
        Records.commit(servers.bootstrap(), database, "shared");
        assertThat(Records.committed(servers.bootstrap(), database)).containsExactly("shared");
    }

    @Test
    void anEnvironmentNobodyKnowsIsAnError() {
        assertThatThrownBy(() -> SharedServers.start("cloud"))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("cloud");
    }
}
