package io.promotionverifier.postgres.preflight;

import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.preflight.check.Checks;
import io.promotionverifier.postgres.preflight.facts.FactsReader;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.slot.CaptureRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every precondition of a capture, judged at once. Changes nothing on the server. */
public final class Preflight {
    private Preflight() {}

    /**
     * Reads the facts over one connection and judges them. The first result says that the connection stood.
     *
     * @throws io.promotionverifier.postgres.access.AccessRefusedException if the credentials are refused
     * @throws io.promotionverifier.postgres.access.SourceUnreachableException if nobody answers; retrying helps
     * @throws io.promotionverifier.postgres.access.NotSetUpException if the database does not exist
     */
    public static List<CheckResult> run(PostgresAccess access, CaptureRequest request) {
        try (Session session = access.openReadOnly()) {
            CheckResult connected =
                    new CheckResult("connection", CheckResult.Result.PASS, access.toString(), Optional.empty());
            return Stream.concat(Stream.of(connected), judge(new FactsReader(session).read(request)).stream())
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
