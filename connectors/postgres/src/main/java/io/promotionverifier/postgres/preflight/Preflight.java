package io.promotionverifier.postgres.preflight;

import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.preflight.check.Check;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.preflight.check.Checks;
import io.promotionverifier.postgres.preflight.facts.FactsReader;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.slot.CaptureRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Every precondition of a capture, judged at once. Changes nothing on the server. */
public final class Preflight {
    private static final String CONNECTION = "connection";

    private Preflight() {}

    /** The names of all checks, in their order; the first word of a result's name is one of them. */
    public static List<String> names() {
        return Stream.concat(Stream.of(CONNECTION), Checks.ALL.stream().map(Check::name))
                .toList();
    }

    /**
     * Reads the facts over one connection and judges them. The first result says that the connection stood.
     *
     * @param cutOver the promotions of phase C, whose application writes the column only
     * @throws io.promotionverifier.postgres.access.AccessRefusedException if the credentials are refused
     * @throws io.promotionverifier.postgres.access.SourceUnreachableException if nobody answers; retrying helps
     * @throws io.promotionverifier.postgres.access.NotSetUpException if the database does not exist
     */
    public static List<CheckResult> run(PostgresAccess access, CaptureRequest request, Set<PromotionId> cutOver) {
        try (Session session = access.openReadOnly()) {
            return Stream.concat(
                            Stream.of(CheckResult.pass(CONNECTION, access.toString())),
                            judge(new FactsReader(access, session).read(request, cutOver)).stream())
                    .toList();
        }
    }

    /** Judges facts that were read before. Pure. */
    public static List<CheckResult> judge(PreflightFacts facts) {
        return Checks.ALL.stream()
                .flatMap(check -> check.examine(facts).stream())
                .toList();
    }
}
