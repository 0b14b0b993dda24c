package io.promotionverifier.postgres.engine;

import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Debezium's types, where some pass for enums: the only types whose text Debezium 3.6.1 hands over as the server wrote
 * it.
 *
 * <p>Dates and timestamps, because Debezium parses every one of a row, captured or not, old image and new; see ADR
 * 0027. {@code interval}, {@code timetz} and {@code numeric}, because as what they are it would move a {@code timetz}
 * to UTC and lose its zone, take {@code 24:00:00+00} for an error that ends the stream, read an infinite interval as
 * zero, end the stream at an interval of 2,147,483,648 hours, and end it where the mark of a value that was left out
 * stands for a number.
 */
final class TextTypes extends TypeRegistry {
    private static final Set<String> AS_TEXT =
            Set.of("interval", "timetz", "numeric", "timestamptz", "timestamp", "date");

    private final Map<Integer, PostgresType> texts;

    /** By schema and name, as they are asked for with each value of each row: Debezium joins both to one text first. */
    private final Map<String, Map<String, PostgresType>> named;

    /** Debezium's constructor asks already, for the base types of domains. */
    private final boolean isBuilt;

    TextTypes(PostgresConnection connection) {
        super(connection);
        texts = new ConcurrentHashMap<>();
        named = new ConcurrentHashMap<>();
        isBuilt = true;
    }

    @Override
    public PostgresType get(int oid) {
        return asText(super.get(oid));
    }

    @Override
    public PostgresType get(String schemaName, String typeName) {
        if (!isBuilt) {
            return asText(super.get(schemaName, typeName));
        }
        Map<String, PostgresType> ofSchema = named.computeIfAbsent(schemaName, schema -> new ConcurrentHashMap<>());
        PostgresType known = ofSchema.get(typeName);
        return known != null ? known : learned(ofSchema, schemaName, typeName);
    }

    /**
     * What Debezium knows it keeps for good, so may we; what it does not know it asks the server for, each time anew.
     */
    private PostgresType learned(Map<String, PostgresType> ofSchema, String schemaName, String typeName) {
        PostgresType type = asText(super.get(schemaName, typeName));
        if (!type.equals(PostgresType.UNKNOWN)) {
            ofSchema.put(typeName, type);
        }
        return type;
    }

    private PostgresType asText(PostgresType type) {
        if (!AS_TEXT.contains(type.getName()) || !type.isRootType() || type.isEnumType()) {
            return type;
        }
        return isBuilt ? texts.computeIfAbsent(type.getOid(), oid -> text(type)) : text(type);
    }

    private PostgresType text(PostgresType type) {
        return new PostgresType.Builder(
                        this, type.getName(), type.getOid(), type.getJdbcId(), NO_TYPE_MODIFIER, type.getTypeInfo())
                .enumValues(List.of())
                .build();
    }
}
