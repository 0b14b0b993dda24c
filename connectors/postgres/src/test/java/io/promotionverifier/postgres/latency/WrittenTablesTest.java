package io.promotionverifier.postgres.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTablesTest {
    private static final TableName CASES = new TableName("public", "nexus_cases");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO nexus_cases (id) VALUES ($1)",
                "insert into public.nexus_cases values ($1) on conflict (id) do update set id = $2",
                "UPDATE nexus_cases SET priority = $1 WHERE id = $2",
                "/* app:web */ UPDATE ONLY \"public\".\"nexus_cases\" AS c SET priority = $1",
                "-- nightly\nUpDaTe Public . Nexus_Cases set a = $1",
                "WITH moved AS (UPDATE nexus_cases SET a = $1 RETURNING id) SELECT * FROM moved",
                "MERGE INTO nexus_cases AS c USING src ON $1 WHEN MATCHED THEN UPDATE SET a = $2"
            })
    void aStatementThatNamesTheTableAsWrittenWritesIt(String statement) {
        assertThat(WrittenTables.of(statement).mayWrite(CASES)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM nexus_cases FOR UPDATE",
                "SELECT * FROM nexus_cases FOR NO KEY UPDATE OF nexus_cases",
                "SELECT 'INSERT INTO nexus_cases'",
                "UPDATE audit.nexus_cases SET a = $1",
                "UPDATE \"Nexus_Cases\" SET a = $1",
                "UPDATE nexus_cases_archive SET a = (SELECT a FROM nexus_cases)",
                "INSERT INTO log SELECT * FROM nexus_cases",
                "DELETE FROM nexus_cases WHERE id = $1",
                "/* UPDATE nexus_cases */ SELECT $1",
                "UPDATE"
            })
    void aStatementThatOnlyMentionsTheTableDoesNotWriteIt(String statement) {
        assertThat(WrittenTables.of(statement).mayWrite(CASES)).isFalse();
    }

    @Test
    void aQuotedNameIsTakenLiterally() {
        assertThat(WrittenTables.of("UPDATE \"My \"\"S\"\"\".\"T\" SET a = $1")
                        .mayWrite(new TableName("My \"S\"", "T")))
                .isTrue();
    }
}
