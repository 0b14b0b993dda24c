package io.promotionverifier.app.assembly;

import io.promotionverifier.app.config.PolicyConfig;
import io.promotionverifier.app.config.PolicyConfig.Disclosure;
import io.promotionverifier.app.config.ReportConfig;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.KeyPart;
import io.promotionverifier.postgres.report.GeneratedPair;
import io.promotionverifier.postgres.report.ReportPair;
import io.promotionverifier.postgres.report.ReportReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which reports are read: those of the configuration, and the generated one of each promotion, unless the configuration
 * has one of its name.
 */
public final class Reports {
    /** How often a generated pair is read: it reads the whole table. */
    public static final Duration GENERATED_EVERY = Duration.ofHours(24);

    private Reports() {}

    /** The two queries of a report. */
    public sealed interface Source {
        /**
         * Queries that somebody wrote.
         *
         * @param pair both of them
         */
        record Written(ReportPair pair) implements Source {}

        /**
         * Queries that we make for each reading.
         *
         * @param pair makes them
         */
        record Generated(GeneratedPair pair) implements Source {}
    }

    /**
     * A report to be read.
     *
     * @param promotion the promotion it guards
     * @param id its name
     * @param every how often
     * @param grace the promotion's
     * @param maximum the highest tolerable number of divergent rows
     * @param plain whether rows may be shown
     * @param source its queries
     */
    public record Report(
            PromotionId promotion,
            String id,
            Duration every,
            Duration grace,
            long maximum,
            boolean plain,
            Source source) {}

    /** All of them, those of the configuration first. */
    public static List<Report> of(VerifierConfig config, Assembly assembly) {
        List<Report> reports = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ReportConfig written : config.reports()) {
            names.add(written.id());
            config.promotion(written.promotion())
                    .ifPresent(promotion -> reports.add(written(written, promotion.policy())));
        }
        for (Promotion promotion : assembly.promotions()) {
            PolicyConfig policy = config.promotion(promotion.id()).orElseThrow().policy();
            GeneratedPair.of(
                            promotion,
                            keyColumns(promotion, assembly),
                            Optional.ofNullable(assembly.parents().get(promotion.id())))
                    .filter(pair -> !names.contains(pair.id()))
                    .map(pair -> generated(pair, promotion, policy))
                    .ifPresent(reports::add);
        }
        return reports;
    }

    private static Report written(ReportConfig report, PolicyConfig policy) {
        return report(
                report.promotion(), report.id(), report.every(), policy, new Source.Written(pair(report, policy)));
    }

    private static Report generated(GeneratedPair pair, Promotion promotion, PolicyConfig policy) {
        return report(promotion.id(), pair.id(), GENERATED_EVERY, policy, new Source.Generated(pair));
    }

    private static Report report(PromotionId promotion, String id, Duration every, PolicyConfig policy, Source source) {
        return new Report(
                promotion,
                id,
                every,
                policy.grace(),
                policy.abort().reportDivergenceMaxRows(),
                policy.values() == Disclosure.PLAIN,
                source);
    }

    private static ReportPair pair(ReportConfig report, PolicyConfig policy) {
        return new ReportPair(report.id(), report.column(), report.document(), policy.zone());
    }

    private static List<String> keyColumns(Promotion promotion, Assembly assembly) {
        return assembly.tables().stream()
                .filter(table -> table.name().equals(promotion.table()))
                .map(CapturedTable::key)
                .flatMap(List::stream)
                .map(KeyPart::name)
                .toList();
    }

    /**
     * Lets the server plan every report of the configuration.
     *
     * @throws io.promotionverifier.postgres.access.NotSetUpException if the sides of one cannot be compared
     * @throws io.promotionverifier.postgres.access.SourceException why the server refuses one
     */
    public static void require(VerifierConfig config, PostgresAccess access) {
        try (ReportReader reader = new ReportReader(access)) {
            for (ReportConfig report : config.reports()) {
                config.promotion(report.promotion())
                        .ifPresent(promotion -> reader.require(pair(report, promotion.policy())));
            }
        }
    }
}
