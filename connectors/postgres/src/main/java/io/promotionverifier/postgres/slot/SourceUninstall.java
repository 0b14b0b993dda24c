package io.promotionverifier.postgres.slot;

import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SlotInUseException;
import io.promotionverifier.postgres.catalog.CatalogReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Drops slot and publication. What is not there is not an error: running it twice is fine. A slot left behind fills the
 * server's disk. Throws {@link io.promotionverifier.postgres.access.SourceException}.
 */
public final class SourceUninstall {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final PostgresAccess access;
    private final String slot;
    private final String publication;

    public SourceUninstall(PostgresAccess access, String slot, String publication) {
        this.access = access;
        this.slot = slot;
        this.publication = publication;
    }

    /** The statements that there is a reason to run. Runs nothing. */
    public List<SetupStep> plan() {
        try (Session session = access.openReadOnly()) {
            List<SetupStep> steps = new ArrayList<>();
            if (new SlotReader(session).read(slot).isPresent()) {
                steps.add(new SetupStep(
                        SetupStep.Kind.DROP_SLOT, "let the server remove the log kept for us", SlotSql.drop(slot)));
            }
            if (new CatalogReader(session).publication(publication).isPresent()) {
                steps.add(new SetupStep(
                        SetupStep.Kind.DROP_PUBLICATION, "publish nothing any more", PublicationSql.drop(publication)));
            }
            return steps;
        }
    }

    /**
     * Runs the plan, each step announced before it runs.
     *
     * @throws SlotInUseException if another verifier or another role holds the slot; nothing has been dropped then
     * @throws io.promotionverifier.postgres.access.AccessRefusedException if our role may not drop the publication,
     *     which takes its owner
     */
    public void apply(List<SetupStep> plan, Consumer<SetupStep> announce) {
        if (plan.isEmpty()) {
            return;
        }
        try (SourceLock lock = SourceLock.take(access, slot);
                Session session = access.open()) {
            if (!lock.held()) {
                throw new SlotInUseException("the lock of slot " + slot + " was lost: try again later");
            }
            new SlotRelease(session).free(slot, PATIENCE);
            for (SetupStep step : plan) {
                announce.accept(step);
                session.run(step.purpose(), step.sql());
            }
        }
    }
}
