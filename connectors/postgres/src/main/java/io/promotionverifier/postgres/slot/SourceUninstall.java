package io.promotionverifier.postgres.slot;

import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SlotInUseException;
import io.promotionverifier.postgres.catalog.CatalogReader;
import io.promotionverifier.postgres.catalog.PublicationDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Drops slot and publication. What is not there is not an error: running it twice is fine. A slot left behind fills the
 * server's disk. Holds the slot's lock from begin to close, so that no verifier runs meanwhile. Throws
 * {@link io.promotionverifier.postgres.access.SourceException}. Confined to one thread.
 */
public final class SourceUninstall implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final PostgresAccess access;
    private final String slot;
    private final String publication;
    private final SourceLock lock;

    private SourceUninstall(PostgresAccess access, String slot, String publication, SourceLock lock) {
        this.access = access;
        this.slot = slot;
        this.publication = publication;
        this.lock = lock;
    }

    /**
     * Takes the slot's lock.
     *
     * @throws SlotInUseException if another verifier holds it; nothing has been dropped then
     */
    public static SourceUninstall begin(PostgresAccess access, String slot, String publication) {
        return new SourceUninstall(access, slot, publication, SourceLock.take(access, slot));
    }

    /**
     * What there is to drop.
     *
     * @param steps the statements that there is a reason to run
     * @param left the statement that our role may not run, and who may
     */
    public record Plan(List<SetupStep> steps, Optional<Left> left) {
        public Plan {
            steps = List.copyOf(steps);
        }
    }

    /**
     * What another role must drop.
     *
     * @param owner that role
     * @param sql the statement
     */
    public record Left(String owner, String sql) {}

    /** Looks what is there. Runs nothing. */
    public Plan plan() {
        try (Session session = access.openReadOnly()) {
            List<SetupStep> steps = new ArrayList<>();
            if (new SlotReader(session).read(slot).isPresent()) {
                steps.add(new SetupStep(
                        SetupStep.Kind.DROP_SLOT, "let the server remove the log kept for us", SlotSql.drop(slot)));
            }
            Optional<PublicationDescription> found = new CatalogReader(session).publication(publication);
            found.filter(PublicationDescription::owned)
                    .ifPresent(ours -> steps.add(new SetupStep(
                            SetupStep.Kind.DROP_PUBLICATION,
                            "publish nothing any more",
                            PublicationSql.drop(publication))));
            return new Plan(
                    steps,
                    found.filter(foreign -> !foreign.owned())
                            .map(foreign -> new Left(foreign.owner(), PublicationSql.drop(publication))));
        }
    }

    /**
     * Runs the steps of a plan, each announced before it runs.
     *
     * @throws SlotInUseException if another role holds the slot; nothing has been dropped then
     */
    public void apply(List<SetupStep> steps, Consumer<SetupStep> announce) {
        if (steps.isEmpty()) {
            return;
        }
        if (!lock.held()) {
            throw new SlotInUseException("the lock of slot " + slot + " was lost: try again later");
        }
        try (Session session = access.open()) {
            new SlotRelease(session, lock::ensure).free(slot, PATIENCE);
            for (SetupStep step : steps) {
                announce.accept(step);
                session.run(step.purpose(), step.sql());
            }
        }
    }

    /** Gives the lock back. */
    @Override
    public void close() {
        lock.close();
    }
}
