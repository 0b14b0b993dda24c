package io.promotionverifier.app.assembly;

import io.promotionverifier.app.config.PolicyConfig;
import io.promotionverifier.app.config.PromotionConfig;
import io.promotionverifier.app.config.SourceConfig;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.config.WaiverConfig;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.Capture;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.promotion.SessionRules;
import io.promotionverifier.core.promotion.Waiver;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.catalog.CatalogReader;
import io.promotionverifier.postgres.catalog.KeyColumn;
import io.promotionverifier.postgres.catalog.ParentKey;
import io.promotionverifier.postgres.catalog.Problem;
import io.promotionverifier.postgres.catalog.PromotionDescription;
import io.promotionverifier.postgres.catalog.PromotionDescription.Resolved;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import io.promotionverifier.postgres.catalog.RowFilterReader;
import io.promotionverifier.postgres.catalog.RowFilters;
import io.promotionverifier.postgres.catalog.Screening;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.decode.CapturedPromotion;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.KeyPart;
import io.promotionverifier.postgres.decode.RowKeys;
import io.promotionverifier.postgres.engine.CapturableNames;
import io.promotionverifier.postgres.reread.RereadTable;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.ClusterIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The promotions as the core verifies them, the tables as the engine captures them, and where parents are looked up.
 *
 * @param promotions in the order of the configuration
 * @param tables each table once, with its promotions in the order of the configuration
 * @param parents where a promotion's parents are looked up, for those that reference one
 * @param rows how the rows of the tables are looked at
 */
public record Assembly(
        List<Promotion> promotions,
        List<CapturedTable> tables,
        Map<PromotionId, ParentKey> parents,
        List<RereadTable> rows) {
    public Assembly {
        promotions = List.copyOf(promotions);
        tables = List.copyOf(tables);
        parents = Map.copyOf(parents);
        rows = List.copyOf(rows);
    }

    /** What a configuration asks the source for; index promotions need nothing of it. */
    public static CaptureRequest request(VerifierConfig config) {
        List<RequestedPromotion> requested = new ArrayList<>();
        for (PromotionConfig promotion : config.promotions()) {
            if (promotion.target() instanceof PromotionConfig.Target.Column column) {
                requested.add(new RequestedPromotion(
                        promotion.id(),
                        promotion.table(),
                        promotion.from(),
                        column.name(),
                        promotion.type(),
                        promotion.references().map(Promotion.Reference::table),
                        screening(config, promotion)));
            }
        }
        return new CaptureRequest(config.source().slot(), config.source().publication(), requested);
    }

    private static Optional<Screening> screening(VerifierConfig config, PromotionConfig promotion) {
        return config.source().capture() == SourceConfig.Capture.SUSPECTS
                ? Optional.of(
                        new Screening(promotion.phase(), promotion.domain().allowed()))
                : Optional.empty();
    }

    /** The tables of which the server sends suspects only. */
    public List<TableName> screened() {
        return tables.stream()
                .filter(CapturedTable::screened)
                .map(CapturedTable::name)
                .toList();
    }

    /**
     * Puts configuration and catalog together.
     *
     * @throws NotSetUpException if a promotion cannot be verified, with every reason; retrying helps when it was mended
     */
    public static Assembly of(VerifierConfig config, Session session) {
        List<PromotionDescription> described =
                new CatalogReader(session).describe(request(config).promotions());
        refuseUnresolved(described);
        int serverMajor = ClusterIdentity.read(session).major();
        RowFilters filters = new RowFilterReader(session).read(described, Optional.empty());
        Map<TableName, List<Resolved>> byTable = new LinkedHashMap<>();
        Map<PromotionId, ParentKey> parents = new HashMap<>();
        List<Promotion> promotions = new ArrayList<>();
        for (PromotionDescription description : described) {
            Resolved resolved = (Resolved) description;
            PromotionId id = resolved.requested().id();
            byTable.computeIfAbsent(resolved.requested().table(), t -> new ArrayList<>())
                    .add(resolved);
            resolved.parent().ifPresent(parent -> parents.put(id, parent));
            promotions.add(promotion(config.promotion(id).orElseThrow(), resolved, serverMajor, filters));
        }
        List<CapturedTable> tables = new ArrayList<>();
        byTable.forEach((name, resolved) -> tables.add(table(name, resolved, filters)));
        for (CapturedTable table : tables) {
            CapturableNames.problem(table).ifPresent(problem -> {
                throw new NotSetUpException(problem);
            });
        }
        return new Assembly(promotions, tables, parents, rows(tables, byTable));
    }

    private static void refuseUnresolved(List<PromotionDescription> described) {
        StringBuilder reasons = new StringBuilder();
        for (PromotionDescription description : described) {
            if (description instanceof PromotionDescription.Unresolved unresolved) {
                for (Problem problem : unresolved.problems()) {
                    reasons.append(reasons.isEmpty() ? "" : "\n")
                            .append(unresolved.requested().id())
                            .append(": ")
                            .append(problem.detail());
                }
            }
        }
        if (!reasons.isEmpty()) {
            throw new NotSetUpException(reasons.toString());
        }
    }

    private static List<RereadTable> rows(List<CapturedTable> tables, Map<TableName, List<Resolved>> byTable) {
        List<RereadTable> rows = new ArrayList<>();
        for (CapturedTable table : tables) {
            TableDescription described =
                    byTable.getOrDefault(table.name(), List.of()).get(0).table();
            rows.add(new RereadTable(
                    table,
                    described.key().stream().map(KeyColumn::sqlName).toList(),
                    described.relation().kind() == TableDescription.Kind.PARTITIONED));
        }
        return rows;
    }

    private static CapturedTable table(TableName name, List<Resolved> resolved, RowFilters filters) {
        List<CapturedPromotion> promotions = resolved.stream()
                .map(each -> new CapturedPromotion(
                        each.requested().from(), each.requested().to(), each.type()))
                .toList();
        return new CapturedTable(
                name,
                keyParts(resolved.get(0).table()),
                promotions,
                filters.of(name).isPresent());
    }

    private static List<KeyPart> keyParts(TableDescription table) {
        return table.key().stream().map(Assembly::keyPart).toList();
    }

    private static KeyPart keyPart(KeyColumn column) {
        return new KeyPart(column.name(), column.form().orElseThrow());
    }

    private static Promotion promotion(PromotionConfig config, Resolved resolved, int serverMajor, RowFilters filters) {
        PolicyConfig policy = config.policy();
        return new Promotion(
                config.id(),
                config.table(),
                config.from(),
                resolved.requested().to(),
                resolved.type(),
                config.phase(),
                config.started(),
                config.owner(),
                config.domain(),
                config.references(),
                waivers(config, new RowKeys(keyParts(resolved.table()))),
                new Promotion.Policy(
                        policy.window(),
                        policy.grace(),
                        new SessionRules(serverMajor, policy.zone()),
                        policy.abort().mismatchRate(),
                        policy.abort().dualWriteLatency(),
                        filters.of(config.table()).isPresent() ? Capture.SUSPECTS : Capture.ALL));
    }

    private static List<Waiver> waivers(PromotionConfig config, RowKeys keys) {
        List<Waiver> waivers = new ArrayList<>();
        for (WaiverConfig waiver : config.waivers()) {
            Set<RowKey> rows = new HashSet<>();
            waiver.keys().forEach(key -> rows.add(rowKey(config, key, keys)));
            waivers.add(new Waiver(rows, waiver.reason(), waiver.by(), waiver.until()));
        }
        return waivers;
    }

    private static RowKey rowKey(PromotionConfig config, WaiverConfig.Key key, RowKeys keys) {
        try {
            return key instanceof WaiverConfig.Key.Composite composite
                    ? keys.from(composite.values())
                    : keys.from(((WaiverConfig.Key.Single) key).value());
        } catch (IllegalArgumentException e) {
            throw new NotSetUpException(config.id() + ": a waiver's key: " + e.getMessage());
        }
    }

    /** The row keys of a promotion's table, to read what a person typed; absent for an unknown promotion. */
    public Optional<RowKeys> keysOf(PromotionId id) {
        return promotions.stream()
                .filter(promotion -> promotion.id().equals(id))
                .findFirst()
                .flatMap(promotion -> tables.stream()
                        .filter(table -> table.name().equals(promotion.table()))
                        .findFirst())
                .map(table -> new RowKeys(table.key()));
    }
}
