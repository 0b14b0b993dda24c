package io.promotionverifier.postgres.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JDBC URLs as users write them. */
class ServerAddressTest {
    @Test
    void hostPortAndDatabaseAreTakenApart() {
        assertThat(ServerAddress.parse("jdbc:postgresql://db.example:6543/nexus"))
                .isEqualTo(new ServerAddress("db.example", 6543, "nexus", Map.of()));
    }

    @Test
    void theUsualPortIsFilledIn() {
        assertThat(ServerAddress.parse("jdbc:postgresql://db.example/nexus").port())
                .isEqualTo(5432);
    }

    @Test
    void anIpv6HostKeepsItsBrackets() {
        ServerAddress address = ServerAddress.parse("jdbc:postgresql://[::1]:5433/nexus");
        assertThat(address.host()).isEqualTo("[::1]");
        assertThat(address.url()).isEqualTo("jdbc:postgresql://[::1]:5433/nexus");
    }

    @Test
    void parametersAreDecodedAndWrittenBack() {
        String url = "jdbc:postgresql://h:1/d?sslmode=verify-full&sslrootcert=%2Fetc%2Fa+b.pem";
        ServerAddress address = ServerAddress.parse(url);
        assertThat(address.parameters()).isEqualTo(Map.of("sslmode", "verify-full", "sslrootcert", "/etc/a b.pem"));
        assertThat(ServerAddress.parse(address.url())).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://h/d",
                "postgresql://h/d",
                "jdbc:postgresql://a:1,b:2/d",
                "jdbc:postgresql://h/d?user=u",
                "jdbc:postgresql://h/d?password=hunter2",
                "jdbc:postgresql://h/my%20db"
            })
    void whatCannotWorkIsRefusedWithoutRepeatingIt(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerAddress.parse(url))
                .withMessageNotContaining("hunter2");
    }
}
