package io.promotionverifier.core.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A slice that is counted into. Confined to the thread that walks the line. */
final class GrowingSlice {
    private final Slice.Place place;
    private final CountsOf<Share> shares = new CountsOf<>(Share.class);
    private Optional<Instant> since = Optional.empty();
    private long touched;
    private Optional<Slice> known = Optional.empty();

    GrowingSlice(Slice.Place place) {
        this.place = place;
    }

    GrowingSlice(Slice from) {
        this(from.place());
        from.shares().forEach(shares::add);
        since = from.since();
        touched = from.touched();
    }

    Slice.Place place() {
        return place;
    }

    long of(Share share) {
        return shares.of(share);
    }

    boolean hasOpen() {
        return of(Share.SUSPECTED) > 0 || of(Share.CONFIRMED) > 0;
    }

    long touched() {
        return touched;
    }

    /** @param opened when the finding was, where it came to be confirmed and somebody saw it written */
    void add(Share share, Optional<Instant> opened, long touch) {
        known = Optional.empty();
        shares.add(share, 1);
        touched = touch;
        if (share == Share.CONFIRMED) {
            since = of(Share.CONFIRMED) == 1
                    ? opened
                    : since.flatMap(known -> opened.map(at -> at.isBefore(known) ? at : known));
        }
    }

    void subtract(Share share) {
        known = Optional.empty();
        shares.add(share, -1);
        if (of(Share.CONFIRMED) == 0) {
            since = Optional.empty();
        }
    }

    /** What was counted before anybody broke it down: nobody knows since when. */
    void addUnknown(Map<Share, Long> more) {
        known = Optional.empty();
        more.forEach(shares::add);
        since = more.getOrDefault(Share.CONFIRMED, 0L) == 0 ? since : Optional.empty();
    }

    /** Takes all that another slice has. */
    void take(GrowingSlice leaving) {
        Slice both = Slice.together(place, slice(), leaving.slice());
        known = Optional.empty();
        shares.clear();
        both.shares().forEach(shares::add);
        since = both.since();
        touched = both.touched();
    }

    /** As it is now: asked at every checkpoint, while most slices have rested since the last. */
    Slice slice() {
        Slice now = known.orElseGet(() -> new Slice(place, shares.map(), since, touched));
        known = Optional.of(now);
        return now;
    }
}
