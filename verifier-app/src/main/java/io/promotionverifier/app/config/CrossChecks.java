package io.promotionverifier.app.config;

import io.promotionverifier.app.config.form.Key;
import io.promotionverifier.app.config.tree.ConfigNode.Mapping;
import io.promotionverifier.app.config.tree.ConfigNode.Sequence;
import io.promotionverifier.app.config.tree.Problems;
import io.promotionverifier.core.change.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold between sections. Asked of the tree, not of the records, so that these problems show beside all
 * others.
 */
final class CrossChecks {
    private final Mapping root;
    private final Problems problems;

    private CrossChecks(Mapping root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    static void check(Mapping root, Problems problems) {
        CrossChecks checks = new CrossChecks(root, problems);
        List<Mapping> promotions = checks.items(ConfigKeys.PROMOTIONS);
        List<Mapping> reports = checks.items(ConfigKeys.REPORTS);
        Set<String> ids = checks.uniqueIds(promotions, PromotionKeys.ID);
        checks.uniqueIds(reports, ReportKeys.ID);
        checks.oneWriterPerColumn(promotions);
        checks.knownPromotions(reports, ids);
        checks.tokenBeyondLoopback();
    }

    private List<Mapping> items(Key<?> list) {
        return root
                .find(list.name())
                .filter(Sequence.class::isInstance)
                .map(node -> ((Sequence) node).items())
                .orElse(List.of())
                .stream()
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .toList();
    }

    private static <T> Optional<T> value(Mapping section, Key<T> key) {
        return section.find(key.name())
                .flatMap(node -> key.form().read(node, new Problems()))
                .map(read -> read.value());
    }

    private void refuse(Mapping section, Key<?> key, String message) {
        section.find(key.name()).ifPresent(node -> problems.add(node, message));
    }

    private Set<String> uniqueIds(List<Mapping> sections, Key<String> key) {
        Map<String, Mapping> first = new HashMap<>();
        for (Mapping section : sections) {
            Optional<String> id = value(section, key);
            Optional<Mapping> before = id.map(value -> first.putIfAbsent(value, section));
            before.ifPresent(other ->
                    refuse(section, key, "\"" + id.orElse("") + "\" is the id of " + other.path() + " already"));
        }
        return first.keySet();
    }

    /** A promoted column, wherever it is promoted from. */
    private record Target(TableName table, String column) {}

    private void oneWriterPerColumn(List<Mapping> promotions) {
        Map<Target, Mapping> first = new HashMap<>();
        for (Mapping promotion : promotions) {
            Optional<Target> target = value(promotion, PromotionKeys.TABLE)
                    .flatMap(table -> value(promotion, PromotionKeys.TO).map(column -> new Target(table, column)));
            target.map(value -> first.putIfAbsent(value, promotion))
                    .ifPresent(other -> refuse(
                            promotion, PromotionKeys.TO, "is the promoted column of " + other.path() + " already"));
        }
    }

    private void knownPromotions(List<Mapping> reports, Set<String> ids) {
        for (Mapping report : reports) {
            value(report, ReportKeys.PROMOTION)
                    .filter(id -> !ids.contains(id))
                    .ifPresent(id -> refuse(report, ReportKeys.PROMOTION, "no promotion has the id \"" + id + "\""));
        }
    }

    /** Anybody who reaches the port could otherwise read findings and raise aborts. */
    private void tokenBeyondLoopback() {
        boolean token = section(ConfigKeys.AUTH)
                .flatMap(auth -> auth.find(HttpKeys.TOKEN.name()))
                .isPresent();
        section(ConfigKeys.HTTP)
                .filter(http -> !token)
                .ifPresent(http -> value(http, HttpKeys.BIND)
                        .filter(bind -> !HttpConfig.isLoopback(bind))
                        .ifPresent(bind ->
                                refuse(http, HttpKeys.BIND, "\"" + bind + "\" is not loopback and needs auth.token")));
    }

    private Optional<Mapping> section(Key<?> key) {
        return root.find(key.name()).filter(Mapping.class::isInstance).map(Mapping.class::cast);
    }
}
