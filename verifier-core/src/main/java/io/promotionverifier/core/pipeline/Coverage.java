package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.promotion.PromotionId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What part of the log is known to have been seen, and the only place where a coverage gap is held against a promotion.
 * Gaps are added and ended, never removed. Confined to the thread that walks the line.
 */
final class Coverage {
    private final List<CoverageGap> gaps;
    private Lsn proven;

    /**
     * @param gaps what is recorded so far
     * @param proven how far the stream had been folded when the source was last looked at
     */
    Coverage(List<CoverageGap> gaps, Lsn proven) {
        this.gaps = new ArrayList<>(gaps);
        this.proven = proven;
    }

    /**
     * The gaps that changed.
     *
     * @param opened those that began, ended already or not
     * @param ended those that were open and have ended
     */
    record Change(List<CoverageGap> opened, List<CoverageGap> ended) {
        boolean isNothing() {
            return opened.isEmpty() && ended.isEmpty();
        }
    }

    List<CoverageGap> gaps() {
        return List.copyOf(gaps);
    }

    Lsn proven() {
        return proven;
    }

    /** The gaps that concern a promotion, in the order in which they were found. */
    List<CoverageGap> of(PromotionId promotion) {
        return gaps.stream().filter(gap -> gap.concerns(promotion)).toList();
    }

    /**
     * The gap for which a promotion is blind: one that is open, or one that ended and that no census has examined yet.
     *
     * @param examined where the log ended when the latest clean census of the promotion began; absent without one
     */
    Optional<CoverageGap> blinding(PromotionId promotion, Optional<Lsn> examined) {
        if (gaps.isEmpty()) {
            return Optional.empty();
        }
        List<CoverageGap> own = of(promotion);
        Optional<CoverageGap> open = own.stream().filter(CoverageGap::isOpen).findFirst();
        return open.or(
                () -> own.stream().filter(gap -> !isHealed(gap, examined)).reduce((earlier, later) -> later));
    }

    /** The gaps of a promotion that no clean census answers for, the open ones included. */
    List<CoverageGap> unexamined(PromotionId promotion, Optional<Lsn> examined) {
        return of(promotion).stream().filter(gap -> !isHealed(gap, examined)).toList();
    }

    private static boolean isHealed(CoverageGap gap, Optional<Lsn> examined) {
        return gap.to().isPresent()
                && examined.isPresent()
                && examined.get().compareTo(gap.to().get()) >= 0;
    }

    /** True while the rows of a promotion cannot be trusted to be what they look like. */
    boolean isMisread(PromotionId promotion) {
        for (CoverageGap gap : gaps) {
            if (gap.schema() && gap.isOpen() && gap.concerns(promotion)) {
                return true;
            }
        }
        return false;
    }

    /** Records a gap; false if it is known. */
    boolean add(CoverageGap gap) {
        return !gaps.contains(gap) && gaps.add(gap);
    }

    /**
     * Takes what a look at the source found: a flaw opens a gap where coverage was proven last, a gap whose flaw is
     * gone ends where the look began, and what was changed and is right again leaves a gap that has ended.
     *
     * @param watermark how far the stream is folded now
     */
    Change inspected(Inspection inspection, Lsn watermark) {
        List<CoverageGap> ended = new ArrayList<>();
        gaps.replaceAll(gap -> {
            if (!gap.isOpen() || isFound(gap, inspection.flaws())) {
                return gap;
            }
            ended.add(gap.endedAt(inspection.at()));
            return gap.endedAt(inspection.at());
        });
        List<CoverageGap> opened = new ArrayList<>();
        for (Flaw flaw : inspection.flaws()) {
            if (gaps.stream().noneMatch(gap -> gap.isOpen() && isOf(flaw, gap))) {
                opened.add(gap(flaw, Optional.empty()));
            }
        }
        for (Flaw passed : inspection.breaks()) {
            if (!isKnown(passed, inspection.flaws(), ended)) {
                opened.add(gap(passed, Optional.of(inspection.at())));
            }
        }
        gaps.addAll(opened);
        proven = watermark;
        return new Change(opened, ended);
    }

    /** What was changed is told by a gap already where all whom it concerns have one that stands, or has just ended. */
    private static boolean isKnown(Flaw passed, List<Flaw> flaws, List<CoverageGap> ended) {
        Set<PromotionId> told = new HashSet<>();
        flaws.forEach(flaw -> told.addAll(flaw.promotions()));
        ended.forEach(gap -> told.addAll(gap.promotions()));
        return !passed.promotions().isEmpty() && told.containsAll(passed.promotions());
    }

    private static boolean isFound(CoverageGap gap, List<Flaw> flaws) {
        return flaws.stream().anyMatch(flaw -> isOf(flaw, gap));
    }

    private static boolean isOf(Flaw flaw, CoverageGap gap) {
        return flaw.reason().equals(gap.reason()) && flaw.promotions().equals(gap.promotions());
    }

    private CoverageGap gap(Flaw flaw, Optional<Lsn> end) {
        return new CoverageGap(proven, end, flaw.reason(), flaw.promotions(), flaw.schema());
    }

    /** Records what was recorded before: the same gaps begin and end. */
    void recorded(List<CoverageGap> opened, List<CoverageGap> ended) {
        ended.forEach(end -> gaps.replaceAll(
                gap -> gap.isOpen() && gap.endedAt(end.to().orElseThrow()).equals(end) ? end : gap));
        gaps.addAll(opened);
    }

    /** The stream goes on elsewhere: everything between is a gap of the promotions that were verified. */
    CoverageGap jumped(Lsn from, Lsn start, String reason, Set<PromotionId> promotions) {
        CoverageGap gap = new CoverageGap(from, Optional.of(start), reason, promotions, false);
        gaps.add(gap);
        proven = start;
        return gap;
    }

    /** Grows with every change: no two changes have the same. */
    long changes() {
        return gaps.size() + gaps.stream().filter(gap -> !gap.isOpen()).count();
    }
}
