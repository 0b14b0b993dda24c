package io.promotionverifier.core.gate;

import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.pipeline.CoverageGap;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.Waiver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the stream, and who watches it, must say.
 *
 * @param promotion the promotion as it is configured
 * @param status the evidence
 * @param facts what was read beside it
 */
record StreamChecks(Promotion promotion, PromotionStatus status, GateFacts facts) {
    private static final Figure NONE = new Figure.Count(0);

    Check phase(Phase to) {
        Phase before = to == Phase.B ? Phase.A : Phase.B;
        return Check.of(
                "phase",
                status.phase() == before,
                new Figure.Words(status.phase().name()),
                new Figure.Words(before.name()),
                status.phase() == before
                        ? "the promotion is in the phase before"
                        : "from phase " + status.phase() + " there is no step to " + to);
    }

    Check verifiedTime() {
        PromotionStatus.Window window = status.window();
        Duration left = window.length().minus(window.verified());
        boolean complete = left.isNegative() || left.isZero();
        String blind = window.blind().isZero()
                ? ""
                : "; it stood still for " + window.blind().toSeconds() + " s of blindness";
        return Check.of(
                "verified_time",
                complete,
                new Figure.Span(window.verified()),
                new Figure.Span(window.length()),
                (complete ? "the window is complete" : left.toSeconds() + " s of verified time are missing") + blind);
    }

    Check verdict() {
        Figure required = new Figure.Words("OK");
        Figure observed = new Figure.Words(status.verdict().name());
        if (facts.doubt().isPresent()) {
            return Check.unknown("verdict", required, facts.doubt().get());
        }
        return switch (status.verdict()) {
            case OK -> Check.pass("verdict", observed, required, status.reason());
            case WARN, INSUFFICIENT_DATA -> Check.warn("verdict", observed, required, status.reason());
            case ABORT -> Check.fail("verdict", observed, required, status.reason());
            case BLIND, SUSPECT ->
                new Check(
                        "verdict", Check.Result.UNKNOWN, Optional.of(observed), Optional.of(required), status.reason());
        };
    }

    /** A clear begins the window anew, so an abort since its begin is one that is active. */
    Check abort() {
        long raised = status.abortsRaised().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return status.abort()
                .map(active -> Check.fail(
                        "abort",
                        new Figure.Words(active.trigger().name()),
                        new Figure.Words("none"),
                        "an abort is active since " + active.raised() + ": find the cause, then `abort clear`"))
                .orElseGet(() -> Check.pass(
                        "abort",
                        new Figure.Words("none"),
                        new Figure.Words("none"),
                        raised == 0
                                ? "no abort was ever raised"
                                : raised + " raised and cleared before the window began"));
    }

    Check coverageGaps() {
        List<CoverageGap> open =
                status.gaps().stream().filter(CoverageGap::isOpen).toList();
        long unexamined = status.gaps().stream().filter(gap -> !isExamined(gap)).count();
        Figure observed = new Figure.Count(unexamined);
        if (!open.isEmpty()) {
            return Check.fail(
                    "coverage_gaps",
                    observed,
                    NONE,
                    "coverage is lost since " + open.get(0).from() + ": "
                            + open.get(0).reason());
        }
        if (unexamined > 0) {
            return new Check(
                    "coverage_gaps",
                    Check.Result.UNKNOWN,
                    Optional.of(observed),
                    Optional.of(NONE),
                    "nobody knows what happened in a coverage gap until a census begun behind it has ended clean: `scan`");
        }
        return Check.pass(
                "coverage_gaps",
                observed,
                NONE,
                status.gaps().isEmpty()
                        ? "there was none"
                        : "a clean census has examined each of " + status.gaps().size());
    }

    private boolean isExamined(CoverageGap gap) {
        Optional<Lsn> examined = status.census().examined();
        return gap.to().isPresent()
                && examined.isPresent()
                && examined.get().compareTo(gap.to().get()) >= 0;
    }

    Check openFindings() {
        long open = status.findings().suspected() + status.findings().confirmed();
        return Check.of(
                "open_findings",
                open == 0,
                new Figure.Count(open),
                NONE,
                open == 0
                        ? "no row disagrees"
                        : status.findings().confirmed() + " confirmed, "
                                + status.findings().suspected()
                                + " within grace: see `findings --state suspected,confirmed`");
    }

    Check allowedValues() {
        if (promotion.domain().allowed().isEmpty()) {
            return Check.pass(
                    "allowed_values", NONE, NONE, "every value of the type is allowed: there are none to wait for");
        }
        Set<String> unseen = new TreeSet<>(status.seen()
                .unseenAllowed()
                .orElse(promotion.domain().allowed().get()));
        status.census().latest().map(CensusResult::counts).ifPresent(counts -> unseen.removeAll(counts.allowedSeen()));
        Figure observed = new Figure.Count(unseen.size());
        return unseen.isEmpty()
                ? Check.pass("allowed_values", observed, NONE, "each was seen, in a live write or by the census")
                : Check.warn("allowed_values", observed, NONE, "never seen: " + String.join(", ", unseen));
    }

    Check operations() {
        StringBuilder seen = new StringBuilder();
        Set<Operation> rare = new TreeSet<>();
        for (Operation operation : List.of(Operation.INSERT, Operation.UPDATE, Operation.DELETE)) {
            long count = count(operation);
            seen.append(seen.isEmpty() ? "" : ", ")
                    .append(operation)
                    .append(' ')
                    .append(count);
            if (count == 0) {
                rare.add(operation);
            }
        }
        status.estimate()
                .ifPresent(known -> seen.append(" (estimates: the table's statistics since ")
                        .append(known.since())
                        .append(')'));
        Figure observed = new Figure.Words(seen.toString());
        Figure required = new Figure.Words("each seen");
        return rare.isEmpty()
                ? Check.pass("operations", observed, required, "live writes of each kind were verified in the window")
                : Check.warn(
                        "operations",
                        observed,
                        required,
                        "no live " + rare + " in the window: is there code that was never exercised?");
    }

    /** Where suspects alone arrive, it is the statistics that know what was exercised. */
    private long count(Operation operation) {
        return status.estimate()
                .map(known -> switch (operation) {
                    case INSERT -> known.inserted();
                    case UPDATE -> known.updated();
                    default -> known.deleted();
                })
                .orElseGet(() -> status.seen().witnessed().of(operation));
    }

    Check waivers() {
        List<Waiver> expired = promotion.waivers().stream()
                .filter(waiver -> !facts.now().isBefore(waiver.until()))
                .toList();
        return Check.of(
                "waivers",
                expired.isEmpty(),
                new Figure.Count(expired.size()),
                NONE,
                expired.isEmpty()
                        ? promotion.waivers().size() + " declared, none expired"
                        : "expired on " + expired.get(0).until() + ": repair the rows, or renew the waiver of "
                                + expired.get(0).by());
    }
}
