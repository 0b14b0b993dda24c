package io.promotionverifier.sandbox.sample;

import io.promotionverifier.core.change.TableName;

/** A table of the sample that holds promoted columns. Its key is the column {@code id}. */
public enum SampleTable {
    NEXUS_CASES("nexus_cases", "bigint", "title"),
    NEXUS_USERS("nexus_users", "uuid", "email"),
    CONTEXT_EVENTS("context_events", "uuid", "title"),
    WORKFLOW_HISTORY("workflow_history", "bigint", "adw_id");

    private final String name;
    private final String keyType;
    private final String label;

    SampleTable(String name, String keyType, String label) {
        this.name = name;
        this.keyType = keyType;
        this.label = label;
    }

    /** The table's name in the catalog. */
    public TableName tableName() {
        return new TableName("public", name);
    }

    /** The SQL type of the key: {@code bigint}, drawn from an identity sequence, or {@code uuid}. */
    public String keyType() {
        return keyType;
    }

    /** A text column that no promotion reads and every row must fill. */
    public String label() {
        return label;
    }
}
