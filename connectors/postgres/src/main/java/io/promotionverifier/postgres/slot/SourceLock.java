package io.promotionverifier.postgres.slot;

import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SlotInUseException;
import io.promotionverifier.postgres.access.SourceException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The advisory lock that keeps two healthy verifiers from fighting over one slot: a session's lock on a connection of
 * its own, gone with it. It is no fence: a process that was paused may wake up believing to hold it. Confined to one
 * thread.
 */
public final class SourceLock implements AutoCloseable {
    private static final String HOLDER = """
            SELECT l.pid, coalesce(a.usename::text, '') AS role, coalesce(a.application_name, '') AS application
            FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND (l.classid::int8 << 32 | l.objid::int8) = ?
            """;

    private final Session session;
    private final long key;

    private SourceLock(Session session, long key) {
        this.session = session;
        this.key = key;
    }

    /**
     * Takes the lock of a slot, or refuses at once.
     *
     * @throws SlotInUseException if another session holds it, naming the holder; retrying later helps
     */
    public static SourceLock take(PostgresAccess access, String slot) {
        Session session = access.open();
        try {
            long key = key(slot);
            boolean taken = session.one(
                    "take the lock of slot " + slot,
                    "SELECT pg_try_advisory_lock(?) AS taken",
                    row -> row.flag("taken"),
                    key);
            if (!taken) {
                throw refusal(session, slot, key);
            }
            return new SourceLock(session, key);
        } catch (SourceException e) {
            session.close();
            throw e;
        }
    }

    /**
     * True if the server still knows our lock.
     *
     * @throws SourceException if the connection is gone, and the lock with it
     */
    public boolean held() {
        return session.first(
                        "see whether the lock is still ours",
                        HOLDER + "  AND l.pid = pg_backend_pid()",
                        row -> row.integer("pid"),
                        key)
                .isPresent();
    }

    private static SlotInUseException refusal(Session session, String slot, long key) {
        String holder = session.first(
                        "see who holds the lock of slot " + slot,
                        HOLDER,
                        row -> new SlotState.Holder(
                                        row.integer("pid"),
                                        row.maybe("role").filter(role -> !role.isEmpty()),
                                        row.text("application"),
                                        false)
                                .toString(),
                        key)
                .orElse("a session that has just ended");
        return new SlotInUseException(
                "another verifier works with slot " + slot + ": " + holder + "; stop it, or try again later");
    }

    private static long key(String slot) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(("promotion-verifier:" + slot).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Ends the connection, and the lock with it. */
    @Override
    public void close() {
        session.close();
    }
}
