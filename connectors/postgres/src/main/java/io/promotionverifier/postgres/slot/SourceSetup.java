package io.promotionverifier.postgres.slot;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SourceBusyException;
import io.promotionverifier.postgres.catalog.CaptureFingerprint;
import io.promotionverifier.postgres.catalog.CatalogReader;
import io.promotionverifier.postgres.catalog.ColumnDescription;
import io.promotionverifier.postgres.catalog.Problem;
import io.promotionverifier.postgres.catalog.PromotionDescription;
import io.promotionverifier.postgres.catalog.PublicationDescription;
import io.promotionverifier.postgres.catalog.RowFilterReader;
import io.promotionverifier.postgres.catalog.RowFilters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Makes publication and slot where they are missing and accepts what exists and fits. The publication always comes
 * first: a slot decodes with the catalog of its own moment and does not know a publication made later. Run preflight
 * before. Every method throws {@link io.promotionverifier.postgres.access.SourceException}. Confined to the session's
 * thread.
 */
public final class SourceSetup {
    private static final int GENERATED_COLUMNS = 180000;

    private static final String OLDEST = """
            SELECT 'pid ' || pid || ' of role ' || coalesce(usename::text, '?') || ', application "'
                   || coalesce(application_name, '') || '", open since '
                   || to_char(xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS oldest
            FROM pg_stat_activity
            WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()
            UNION ALL
            SELECT 'prepared transaction of role ' || owner || ', open since '
                   || to_char(prepared AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            FROM pg_prepared_xacts
            """;

    private final Session session;
    private final CaptureRequest request;
    private final CatalogReader catalog;
    private final SlotReader slots;

    public SourceSetup(Session session, CaptureRequest request) {
        this.session = session;
        this.request = request;
        this.catalog = new CatalogReader(session);
        this.slots = new SlotReader(session);
    }

    /**
     * The statements that are missing, in their order; empty when everything stands. Runs nothing.
     *
     * @param slotFate what to do with an existing slot
     * @throws NotSetUpException if what exists does not fit, or the tables cannot be captured
     */
    public List<SetupStep> plan(SlotFate slotFate) {
        Optional<PublicationDescription> publication = catalog.publication(request.publication());
        PublicationSql wanted = wanted(resolved(), publication);
        Optional<SlotState> slot = slots.read(request.slot());
        Optional<String> widened = publication.flatMap(wanted::widen);
        if (widened.isEmpty()) {
            publication.ifPresent(found -> accept(wanted, found));
        }
        boolean replace = slotFate == SlotFate.REPLACE && slot.isPresent();
        if (!replace) {
            slot.ifPresent(found -> accept(found, publication.isPresent()));
        }
        List<SetupStep> steps = new ArrayList<>();
        if (publication.isEmpty()) {
            steps.add(new SetupStep(
                    SetupStep.Kind.CREATE_PUBLICATION, "publish exactly the promoted tables", wanted.create()));
        }
        widened.ifPresent(sql -> steps.add(
                new SetupStep(SetupStep.Kind.WIDEN_PUBLICATION, "publish the promoted tables that it lacks", sql)));
        if (replace) {
            steps.add(new SetupStep(
                    SetupStep.Kind.DROP_SLOT, "give up the old slot and its gap", SlotSql.drop(request.slot())));
        }
        if (replace || slot.isEmpty()) {
            int version = ClusterIdentity.read(session).version();
            steps.add(new SetupStep(
                    SetupStep.Kind.CREATE_SLOT,
                    "keep the log from here on until it has been read",
                    SlotSql.create(request.slot(), version)));
        }
        return steps;
    }

    /** What becomes of an existing slot. */
    public enum SlotFate {
        /** It is accepted if it fits. */
        KEEP,
        /** It is dropped and made anew, to continue after a coverage gap. */
        REPLACE
    }

    /**
     * Runs the steps of a plan, each announced before it runs, and tells what stands then.
     *
     * @param patience how long the slot may wait for transactions that are open now; it cannot begin before they ended;
     *     shorter than the session's socket time-out, or the connection breaks first
     * @throws SourceBusyException if they did not, naming the oldest; nothing is left behind, retrying later helps
     */
    public SourceReady apply(List<SetupStep> plan, Duration patience, Consumer<SetupStep> announce) {
        session.statementTimeout(patience);
        for (SetupStep step : plan) {
            announce.accept(step);
            session.lockTimeout(step.kind() == SetupStep.Kind.CREATE_SLOT ? patience : Session.LOCK_PATIENCE);
            run(step);
        }
        return ready();
    }

    /**
     * What stands now.
     *
     * @throws NotSetUpException if slot or publication is missing
     */
    public SourceReady ready() {
        List<PromotionDescription.Resolved> promotions = resolved();
        PublicationDescription publication = catalog.publication(request.publication())
                .orElseThrow(() -> missing("publication " + request.publication()));
        SlotState slot = slots.read(request.slot()).orElseThrow(() -> missing("slot " + request.slot()));
        Lsn start = slot.positions()
                .confirmedFlush()
                .orElseThrow(() -> new NotSetUpException("slot " + request.slot() + " is not a logical slot"));
        return new SourceReady(
                slot, start, ClusterIdentity.read(session), CaptureFingerprint.of(publication, promotions));
    }

    private static NotSetUpException missing(String what) {
        return new NotSetUpException(what + " does not exist: run setup");
    }

    private void run(SetupStep step) {
        try {
            session.run(step.purpose(), step.sql());
        } catch (SourceBusyException e) {
            if (step.kind() != SetupStep.Kind.CREATE_SLOT) {
                throw e;
            }
            throw new SourceBusyException("the slot waits for transactions that are open now, and they did not end: "
                    + oldest() + "; end them or try again later");
        }
    }

    private String oldest() {
        List<String> open = session.list("see which transactions are open", OLDEST, row -> row.text("oldest"));
        return open.isEmpty() ? "none is left now" : String.join("; ", open);
    }

    private List<PromotionDescription.Resolved> resolved() {
        List<PromotionDescription> described = catalog.describe(request.promotions());
        String problems = described.stream()
                .filter(PromotionDescription.Unresolved.class::isInstance)
                .map(PromotionDescription.Unresolved.class::cast)
                .flatMap(unresolved -> unresolved.problems().stream().map(Problem::detail))
                .distinct()
                .collect(Collectors.joining("; "));
        if (!problems.isEmpty()) {
            throw new NotSetUpException("the promotions cannot be captured: " + problems);
        }
        return described.stream().map(PromotionDescription.Resolved.class::cast).collect(Collectors.toList());
    }

    private PublicationSql wanted(
            List<PromotionDescription.Resolved> promotions, Optional<PublicationDescription> publication) {
        boolean generated = ClusterIdentity.read(session).version() >= GENERATED_COLUMNS
                && promotions.stream()
                        .anyMatch(promotion -> !promotion
                                .table()
                                .generated(ColumnDescription.Generation.STORED)
                                .isEmpty());
        RowFilters filters = new RowFilterReader(session).read(List.copyOf(promotions), publication);
        return new PublicationSql(request.publication(), request.tables(), generated, filters);
    }

    private static void accept(PublicationSql wanted, PublicationDescription found) {
        List<String> misfits = wanted.misfits(found);
        if (!misfits.isEmpty()) {
            throw new NotSetUpException("publication " + found.name() + " does not fit: " + String.join("; ", misfits)
                    + "; doctor --sql prints what mends it");
        }
    }

    private void accept(SlotState found, boolean published) {
        String database = ClusterIdentity.read(session).database();
        List<String> misfits = SlotFit.misfits(found, database);
        if (!published) {
            misfits.add("it is older than the publication, which it will never know");
        }
        if (!misfits.isEmpty()) {
            throw new NotSetUpException("slot " + found.name() + " does not fit: " + String.join("; ", misfits)
                    + "; drop it (uninstall), or continue with a new one and a coverage gap (setup --resume)");
        }
    }
}
