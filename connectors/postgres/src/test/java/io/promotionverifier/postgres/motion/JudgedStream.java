package io.promotionverifier.postgres.motion;

import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Parent;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.core.stream.ResumePoint;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.catalog.CatalogReader;
import io.promotionverifier.postgres.catalog.ParentKey;
import io.promotionverifier.postgres.catalog.PromotionDescription;
import io.promotionverifier.postgres.catalog.PromotionDescription.Resolved;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import io.promotionverifier.postgres.decode.CapturedPromotion;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.KeyPart;
import io.promotionverifier.postgres.engine.CaptureEngine;
import io.promotionverifier.postgres.engine.StreamedDatabase;
import io.promotionverifier.postgres.reread.ParentReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;

/** A database, the engine that streams it and the core that judges what arrives. */
final class JudgedStream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final StreamedDatabase database;
    private final List<Promotion> promotions = new ArrayList<>();
    private final Map<TableName, List<Optional<ParentKey>>> parents = new HashMap<>();
    private final VerifierCore core;
    private final ParentReader reader;
    private final CaptureEngine engine;
    private final Map<String, List<Finding>> turns = new HashMap<>();
    private Lsn shown = Lsn.ZERO;

    /** Streams the database: tables and types are those that the product's catalog reads. */
    JudgedStream(StreamedDatabase database, List<RequestedPromotion> wanted) {
        this.database = database;
        PostgresAccess access = new PostgresAccess(
                database.server().jdbcUrl(database.name()), database.server().user(), database::password);
        List<CapturedTable> tables = describe(access, wanted);
        Lsn start = database.confirmed();
        core = new VerifierCore(
                promotions,
                id -> ValueSeal.PLAIN,
                CoreState.initial(1, ResumePoint.startingAt(start), 0),
                List.of(),
                start);
        reader = new ParentReader(access);
        engine = new CaptureEngine(
                database.settings(tables.toArray(CapturedTable[]::new)),
                StreamedDatabase.CLOCK,
                (arrivals, confirmation) -> arrivals.forEach(this::arrived));
        engine.start(start);
    }

    private List<CapturedTable> describe(PostgresAccess access, List<RequestedPromotion> wanted) {
        int major = Integer.parseInt(database.column("SHOW server_version_num").get(0)) / 10_000;
        Map<TableName, List<Resolved>> byTable = new LinkedHashMap<>();
        try (Session session = access.openReadOnly()) {
            for (PromotionDescription description : new CatalogReader(session).describe(wanted)) {
                if (!(description instanceof Resolved resolved)) {
                    throw new IllegalStateException(description.toString());
                }
                promotions.add(Wanted.resolved(description.requested(), resolved.type(), major));
                TableName table = resolved.requested().table();
                byTable.computeIfAbsent(table, t -> new ArrayList<>()).add(resolved);
                parents.computeIfAbsent(table, t -> new ArrayList<>()).add(resolved.parent());
            }
        }
        List<CapturedTable> tables = new ArrayList<>();
        byTable.forEach((name, resolved) -> tables.add(captured(name, resolved)));
        return tables;
    }

    private static CapturedTable captured(TableName name, List<Resolved> resolved) {
        List<KeyPart> key = resolved.get(0).table().key().stream()
                .map(column -> new KeyPart(column.name(), column.form().orElseThrow()))
                .toList();
        return new CapturedTable(
                name,
                key,
                resolved.stream()
                        .map(each -> new CapturedPromotion(
                                each.requested().from(), each.requested().to(), each.type()))
                        .toList());
    }

    private synchronized void arrived(Arrival arrival) {
        Arrival known = arrival instanceof Arrival.Row row ? answered(row) : arrival;
        for (Effect effect : core.step(new Input.Arrived(known))) {
            if (effect instanceof Effect.FindingTurned turned) {
                Finding finding = turned.turn().finding();
                turns.computeIfAbsent(finding.promotion().value(), id -> new ArrayList<>())
                        .add(finding);
            }
        }
        if (arrival instanceof Arrival.Heartbeat heartbeat) {
            shown = heartbeat.lsn();
        }
    }

    private Arrival.Row answered(Arrival.Row row) {
        List<Reading> readings = new ArrayList<>(row.event().readings());
        for (int place : core.asksForParent(row)) {
            Reading reading = readings.get(place);
            ParentKey parent = Objects.requireNonNull(parents.get(row.event().table()))
                    .get(place)
                    .orElseThrow();
            String value = ((DocumentValue.Present) reading.document()).text();
            boolean exists = !reader.existing(parent, List.of(value)).isEmpty();
            readings.set(place, reading.with(exists ? Parent.PRESENT : Parent.GONE));
        }
        return new Arrival.Row(
                row.transaction(),
                row.lsn(),
                row.lastCommit(),
                row.commitTime(),
                row.event().with(readings));
    }

    /** Runs each statement in a transaction of its own and waits until all of them have been judged. */
    JudgedStream after(String... statements) {
        database.run(statements);
        return settled();
    }

    /** Waits until all that has been committed has been judged. */
    JudgedStream settled() {
        Lsn beat = database.beat();
        Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> {
            if (engine.completion().toCompletableFuture().isDone()) {
                throw new IllegalStateException(
                        engine.completion().toCompletableFuture().join().toString());
            }
            return shown().compareTo(beat) >= 0;
        });
        return this;
    }

    private synchronized Lsn shown() {
        return shown;
    }

    synchronized PromotionStatus status(String promotion) {
        return core.statuses().stream()
                .filter(status -> status.promotion().value().equals(promotion))
                .findFirst()
                .orElseThrow();
    }

    Counts counts(String promotion) {
        return status(promotion).counts();
    }

    /** Every turn of every finding of a promotion, in order. */
    synchronized List<Finding> turns(String promotion) {
        return List.copyOf(turns.getOrDefault(promotion, List.of()));
    }

    @Override
    public void close() {
        engine.stop(PATIENCE);
        reader.close();
    }
}
