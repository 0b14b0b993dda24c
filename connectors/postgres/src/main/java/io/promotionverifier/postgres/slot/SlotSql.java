package io.promotionverifier.postgres.slot;

import io.promotionverifier.postgres.access.SqlText;

/** The statements that create and drop the slot. Pure. */
public final class SlotSql {
    /** The output plugin, part of every server. */
    public static final String PLUGIN = "pgoutput";

    /** From here on a standby can keep a copy of the slot, so that it survives a failover. */
    private static final int FAILOVER_SLOTS = 170000;

    private SlotSql() {}

    /**
     * Creates the slot: permanent, no two-phase decoding. From PostgreSQL 17 on as a failover slot, which costs nothing
     * where no standby synchronizes slots.
     *
     * @param version {@code server_version_num}
     */
    public static String create(String slot, int version) {
        return "SELECT pg_create_logical_replication_slot(" + SqlText.literal(slot) + ", '" + PLUGIN + "', false, false"
                + (version >= FAILOVER_SLOTS ? ", failover => true" : "") + ")";
    }

    /** Drops the slot; fails while somebody streams from it. */
    public static String drop(String slot) {
        return "SELECT pg_drop_replication_slot(" + SqlText.literal(slot) + ")";
    }
}
