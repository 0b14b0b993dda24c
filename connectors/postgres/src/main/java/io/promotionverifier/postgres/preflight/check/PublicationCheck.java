package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.catalog.PublicationDescription;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.slot.PublicationSql;
import java.util.List;
import java.util.Optional;

/** The publication holds exactly the promoted tables, all operations and all rows. A missing one is made by setup. */
final class PublicationCheck implements Check {
    private static final String NAME = "publication";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(
                NAME,
                facts.publication(),
                publication -> Check.judge(
                        NAME,
                        facts.server(),
                        server -> Check.judge(
                                NAME,
                                facts.tables(),
                                tables -> List.of(judge(WantedPublication.of(facts, server, tables), publication)))));
    }

    private static CheckResult judge(PublicationSql wanted, Optional<PublicationDescription> publication) {
        if (publication.isEmpty()) {
            return CheckResult.pass(NAME, wanted.name() + " does not exist yet: setup creates it")
                    .with(wanted.create());
        }
        PublicationDescription found = publication.orElseThrow();
        Optional<String> widened = wanted.widen(found);
        if (widened.isPresent()) {
            return CheckResult.warn(
                            NAME, found.name() + " lacks promoted tables: setup adds them once the verifier is stopped")
                    .with(widened.get());
        }
        List<String> misfits = wanted.misfits(found);
        return misfits.isEmpty()
                ? CheckResult.pass(NAME, found.name() + " publishes exactly the promoted tables")
                : CheckResult.refuse(NAME, found.name() + " does not fit: " + String.join("; ", misfits))
                        .with(wanted.mend(found));
    }
}
