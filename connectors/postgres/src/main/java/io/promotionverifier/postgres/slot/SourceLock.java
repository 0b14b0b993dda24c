package io.promotionverifier.postgres.slot;

import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SlotInUseException;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.access.Timeouts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;

/**
 * The advisory lock that keeps two healthy verifiers from fighting over one slot: a session's lock on a connection of
 * its own, gone with it. It is no fence: a process that was paused may wake up believing to hold it.
 *
 * <p>Whoever keeps it asks {@link #ensure} every few seconds. The server ends a keeper's session that asks nothing for
 * {@link #FROZEN_AFTER}, so that a process that is stopped but not dead does not keep its successor out for ever, and
 * ends within half a minute one whose machine is gone. Safe for use by many threads.
 */
public final class SourceLock implements AutoCloseable {
    /** After so long without a question the server takes the lock from us: we are frozen. */
    public static final Duration FROZEN_AFTER = Duration.ofSeconds(45);

    private static final Timeouts SHORT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(5));

    private static final String HOLDER = """
            SELECT l.pid, coalesce(a.usename::text, '') AS role, coalesce(a.application_name, '') AS application,
                   coalesce(a.backend_start::text, '') AS started
            FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND (l.classid::int8 << 32 | l.objid::int8) = ?
            """;

    private final PostgresAccess access;
    private final String slot;
    private final long key;
    private final Optional<Duration> frozenAfter;
    private Held held;

    /** A session that holds the lock, and by what the server knows it. */
    private record Held(Session session, Optional<Owner> self) {}

    /**
     * Who holds the lock.
     *
     * @param holder for people
     * @param started when its session began, as the server prints it: process ids are used again
     */
    private record Owner(SlotState.Holder holder, String started) {
        boolean isSame(Owner other) {
            return holder.pid() == other.holder.pid() && started.equals(other.started) && !started.isEmpty();
        }
    }

    private SourceLock(PostgresAccess access, String slot, long key, Optional<Duration> frozenAfter) {
        this.frozenAfter = frozenAfter;
        this.access = access;
        this.slot = slot;
        this.key = key;
        this.held = take(Optional.empty());
    }

    /**
     * Takes the lock of a slot, or refuses at once.
     *
     * @throws SlotInUseException if another session holds it, naming the holder; retrying later helps
     */
    public static SourceLock take(PostgresAccess access, String slot) {
        return new SourceLock(access, slot, key(slot), Optional.empty());
    }

    /** Takes it for a process that goes on asking {@link #ensure}; failures as for {@link #take}. */
    public static SourceLock takeToKeep(PostgresAccess access, String slot) {
        return new SourceLock(access.with(SHORT), slot, key(slot), Optional.of(FROZEN_AFTER));
    }

    private Held take(Optional<Owner> before) {
        Session session = access.open();
        try {
            frozenAfter.ifPresent(session::idleTimeout);
            if (!tryLock(session)) {
                Optional<Owner> owner = owner(session, "");
                if (before.isEmpty() || owner.isEmpty() || !owner.get().isSame(before.get())) {
                    throw refusal(owner);
                }
                takeFromOurself(session, owner.get());
            }
            return new Held(session, owner(session, "  AND l.pid = pg_backend_pid()"));
        } catch (SourceException e) {
            session.close();
            throw e;
        }
    }

    private boolean tryLock(Session session) {
        return session.one(
                "take the lock of slot " + slot,
                "SELECT pg_try_advisory_lock(?) AS taken",
                row -> row.flag("taken"),
                key);
    }

    /** Our own earlier session, to which the network has lost the way: nobody else is kept out by it but us. */
    private void takeFromOurself(Session session, Owner owner) {
        session.list(
                "end our own lost session",
                "SELECT pg_terminate_backend(?, 5000)",
                row -> owner,
                owner.holder().pid());
        if (!tryLock(session)) {
            throw refusal(owner(session, ""));
        }
    }

    /**
     * Sees whether the server still knows our lock, and takes it again where the connection is gone: after a restart of
     * the server, or after we were frozen.
     *
     * @return true if it was ours all the time, false if it had to be taken again
     * @throws SlotInUseException if another verifier has it now: we must end
     * @throws SourceException if the server does not answer; asking again later helps
     */
    public synchronized boolean ensure() {
        if (held()) {
            return true;
        }
        held.session().close();
        held = take(held.self());
        return false;
    }

    /** True if the server still knows our lock. */
    public synchronized boolean held() {
        try {
            return owner(held.session(), "  AND l.pid = pg_backend_pid()").isPresent();
        } catch (SourceException gone) {
            return false;
        }
    }

    private Optional<Owner> owner(Session session, String filter) {
        return session.first(
                "see who holds the lock of slot " + slot,
                HOLDER + filter,
                row -> new Owner(
                        new SlotState.Holder(
                                row.integer("pid"),
                                row.maybe("role").filter(role -> !role.isEmpty()),
                                row.text("application"),
                                false),
                        row.text("started")),
                key);
    }

    private SlotInUseException refusal(Optional<Owner> owner) {
        String holder = owner.map(known -> known.holder().toString()).orElse("a session that has just ended");
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
    public synchronized void close() {
        held.session().close();
    }
}
