package io.promotionverifier.app.command;

import io.promotionverifier.app.assembly.Assembly;
import io.promotionverifier.app.config.PromotionConfig;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.preflight.Preflight;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.preflight.check.CheckResult.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every precondition on the source; which checks there are at all. */
final class Checks {
    private static final String ASSEMBLY = "assembly";

    /** A refusal of one of these is a matter of privileges, not of the configuration. */
    private static final Set<String> PRIVILEGES =
            Set.of("replication-role", "functions", "select", "row-security", "publication-rights", KafkaChecks.RIGHTS);

    private Checks() {}

    /** The names of all checks: the first word of each result's name. */
    static List<String> names() {
        return Stream.of(
                        Preflight.names(),
                        List.of(ASSEMBLY, ReportChecks.REPORT, StatisticsCheck.STATISTICS),
                        KafkaChecks.NAMES,
                        TopicChecks.NAMES,
                        LocalChecks.NAMES)
                .flatMap(List::stream)
                .toList();
    }

    /** True if a missing privilege is what a check refuses. */
    static boolean isPrivilege(CheckResult result) {
        return PRIVILEGES.contains(result.name().split(" ", 2)[0]);
    }

    static List<CheckResult> source(VerifierConfig config, PostgresAccess access) {
        Set<PromotionId> cutOver = config.promotions().stream()
                .filter(promotion -> promotion.phase() == Phase.C)
                .map(PromotionConfig::id)
                .collect(Collectors.toSet());
        List<CheckResult> preflight = Preflight.run(access, Assembly.request(config), cutOver);
        List<CheckResult> results =
                new ArrayList<>(TopicChecks.apply(config) ? TopicChecks.ofOurs(preflight) : preflight);
        if (results.stream().noneMatch(result -> result.result() == Result.REFUSE)) {
            try (Session session = access.openReadOnly()) {
                Assembly assembly = Assembly.of(config, session);
                results.add(CheckResult.pass(ASSEMBLY, "configuration and catalog fit"));
                results.addAll(ReportChecks.run(config, access, assembly));
                results.add(StatisticsCheck.run(config, session));
            } catch (NotSetUpException e) {
                results.add(CheckResult.refuse(ASSEMBLY, String.valueOf(e.getMessage())));
            }
        }
        return results;
    }
}
