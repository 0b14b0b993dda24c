package io.promotionverifier.postgres.watch;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.Flaw;
import io.promotionverifier.core.pipeline.Inspection;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.catalog.CaptureDigest;
import io.promotionverifier.postgres.catalog.CaptureFingerprint;
import io.promotionverifier.postgres.catalog.PromotionDescription;
import io.promotionverifier.postgres.catalog.PromotionDescription.Resolved;
import io.promotionverifier.postgres.catalog.PublicationDescription;
import io.promotionverifier.postgres.catalog.PublicationDescription.Options;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.ClusterIdentity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds snapshots of the source against what the verifier was built on. Pure and immutable.
 *
 * @param request what is captured
 * @param cluster the cluster in which the stream began
 * @param known the promotions as the verifier was built on them
 */
public record CaptureWatch(CaptureRequest request, ClusterIdentity cluster, List<Resolved> known) {
    public CaptureWatch {
        known = List.copyOf(known);
    }

    /**
     * What a snapshot shows.
     *
     * @param before the digest of what was captured at the look before
     * @param judged how far the log had been judged before the snapshot was taken
     */
    public Inspection inspect(SourceSnapshot snapshot, CaptureDigest before, Lsn judged) {
        List<Flaw> flaws = new ArrayList<>();
        for (String flaw : LogFlaws.of(request, cluster, snapshot, judged)) {
            flaws.add(new Flaw(flaw, everybody(), false));
        }
        snapshot.publication().ifPresent(publication -> {
            options(publication, known).ifPresent(flaw -> flaws.add(new Flaw(flaw, everybody(), false)));
            Map<PromotionId, PromotionDescription> now = new LinkedHashMap<>();
            snapshot.promotions().forEach(each -> now.put(each.requested().id(), each));
            known.forEach(promotion -> Optional.ofNullable(
                            now.get(promotion.requested().id()))
                    .ifPresent(
                            found -> flaws.addAll(TableFlaws.of(promotion, found, publication, snapshot.filters()))));
        });
        return new Inspection(snapshot.at(), flaws, breaks(CaptureDigest.of(snapshot.fingerprint()), before));
    }

    private Set<PromotionId> everybody() {
        return known.stream().map(promotion -> promotion.requested().id()).collect(Collectors.toSet());
    }

    private static Optional<String> options(PublicationDescription publication, List<Resolved> known) {
        Options options = publication.options();
        List<String> missing = new ArrayList<>(options.unpublished());
        boolean partitioned = known.stream()
                .anyMatch(promotion -> promotion.table().relation().kind() == TableDescription.Kind.PARTITIONED);
        if (partitioned && !options.viaRoot()) {
            missing.add("partitions under their root's name");
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("publication " + publication.name() + " does not publish " + String.join(", ", missing)
                        + ": set it back (doctor --sql prints how), then take a census");
    }

    /** What is another thing than it was, though both are right: nobody knows what happened in between. */
    private List<Flaw> breaks(CaptureDigest now, CaptureDigest before) {
        Map<Set<PromotionId>, String> altered = new LinkedHashMap<>();
        for (String part : now.changedSince(before)) {
            Set<PromotionId> concerned = concernedBy(part);
            if (!concerned.isEmpty()) {
                altered.merge(concerned, part, (one, other) -> one + ", " + other);
            }
        }
        List<Flaw> breaks = new ArrayList<>();
        altered.forEach((concerned, parts) -> breaks.add(new Flaw("altered: " + parts, concerned, false)));
        return breaks;
    }

    private Set<PromotionId> concernedBy(String part) {
        if (part.equals(CaptureFingerprint.PUBLICATION + request.publication())) {
            return everybody();
        }
        return known.stream()
                .filter(promotion ->
                        CaptureFingerprint.partsOf(promotion.requested()).contains(part))
                .map(promotion -> promotion.requested().id())
                .collect(Collectors.toSet());
    }
}
