package io.promotionverifier.topics.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.TableName;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorFormTest {
    private static final String OURS = "verifier.debezium";

    @Test
    void aConnectorWithDebeziumsDefaultsCanBeRead() {
        ConnectorForm form = new ConnectorForm(Map.of("topic.prefix", "nexus"));

        assertThat(form.problems(OURS)).isEmpty();
        assertThat(form.topic(new TableName("public", "nexus_cases"))).isEqualTo("nexus.public.nexus_cases");
        assertThat(form.topic(new TableName("My Schema", "Ünï"))).isEqualTo("nexus.My_Schema._n_");
        assertThat(form.messageTopic()).isEqualTo("nexus.message");
        assertThat(form.writesTruncates()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    value.converter             | io.confluent.connect.avro.AvroConverter           | only JSON
                    transforms.unwrap.type      | io.debezium.transforms.ExtractNewRecordState      | flattened
                    transforms.route.type       | io.debezium.transforms.ByLogicalTableRouter       | routed
                    skipped.operations          | t, d                                              | holds d
                    column.mask.with.5.chars    | public.t.c                                        | changes values
                    message.prefix.include.list | app\\..*                                           | heartbeat
                    message.prefix.exclude.list | verifier\\..*                                      | heartbeat
                    connector.class             | io.debezium.connector.mysql.MySqlConnector        | PostgreSQL
                    topic.naming.strategy       | io.debezium.schema.DefaultRegexTopicNamingStrategy | names are not known
                    """)
    void whatCannotBeReadIsRefusedWithTheReason(String property, String value, String reason) {
        ConnectorForm form = new ConnectorForm(Map.of("topic.prefix", "nexus", property, value));

        assertThat(form.problems(OURS)).singleElement().asString().contains(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    message.prefix.include.list | app, verifier\\..*
                    message.prefix.exclude.list | app
                    skipped.operations          | none
                    value.converter             | org.apache.kafka.connect.json.JsonConverter
                    transforms.mark.type        | org.apache.kafka.connect.transforms.InsertHeader
                    """)
    void whatDoesNoHarmIsLeftAlone(String property, String value) {
        assertThat(new ConnectorForm(Map.of("topic.prefix", "nexus", property, value)).problems(OURS))
                .isEmpty();
    }
}
