package io.promotionverifier.app.it;

import java.util.List;

/**
 * A table of the crash test, with triggers that write down each row version in the same transaction: what was rolled
 * back is not in the audit, what was committed is, in the order of the one session that writes the table.
 */
enum CrashTable {
    CASES("PROMO-001", "nexus_cases", "low, normal, high, urgent"),
    ITEMS("PROMO-002", "nexus_items", ""),
    USERS("PROMO-003", "nexus_users", "");

    static final String AUDIT = """
            CREATE TABLE audit (
                seq bigserial PRIMARY KEY, tx bigint NOT NULL, tbl text NOT NULL, op text NOT NULL,
                old_key bigint, key bigint, col text, doc text)
            """;

    private static final String DDL = """
            DROP TABLE IF EXISTS %1$s;
            CREATE TABLE %1$s (id bigint PRIMARY KEY, metadata jsonb, priority text);
            CREATE FUNCTION audit_%1$s() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'TRUNCATE' THEN
                    INSERT INTO audit (tx, tbl, op) VALUES (txid_current(), '%1$s', 'truncate');
                ELSIF TG_OP = 'DELETE' THEN
                    INSERT INTO audit (tx, tbl, op, old_key, key)
                    VALUES (txid_current(), '%1$s', 'delete', OLD.id, OLD.id);
                ELSE
                    INSERT INTO audit (tx, tbl, op, old_key, key, col, doc)
                    VALUES (txid_current(), '%1$s', lower(TG_OP), CASE TG_OP WHEN 'UPDATE' THEN OLD.id END, NEW.id,
                            NEW.priority, NEW.metadata->>'priority');
                END IF;
                RETURN NULL;
            END $$;
            CREATE TRIGGER rows AFTER INSERT OR UPDATE OR DELETE ON %1$s
                FOR EACH ROW EXECUTE FUNCTION audit_%1$s();
            CREATE TRIGGER truncation AFTER TRUNCATE ON %1$s
                FOR EACH STATEMENT EXECUTE FUNCTION audit_%1$s();
            """;

    private static final String PROMOTION = """
              - id: %s
                table: public.%s
                from: metadata->>'priority'
                to: priority
                phase: B
                started: 2025-01-16T00:00:00Z
                owner: architecture-team
            """;

    private final String promotion;
    private final String table;
    private final String allowed;

    CrashTable(String promotion, String table, String allowed) {
        this.promotion = promotion;
        this.table = table;
        this.allowed = allowed;
    }

    String promotion() {
        return promotion;
    }

    String table() {
        return table;
    }

    /** The values that may be promoted; all of none is named. */
    List<String> allowed() {
        return allowed.isEmpty() ? List.of() : List.of(allowed.split(", "));
    }

    String ddl() {
        return DDL.formatted(table);
    }

    /** Its lines in the configuration. */
    String yaml(String more) {
        String domain = allowed.isEmpty() ? "" : "    allowed: [" + allowed + "]\n";
        return PROMOTION.formatted(promotion, table) + domain + more;
    }
}
