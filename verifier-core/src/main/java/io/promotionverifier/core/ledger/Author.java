package io.promotionverifier.core.ledger;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.RowChange;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who wrote a row version, how and when, as far as the stream showed it. Immutable.
 *
 * @param operation what was done; absent for a row that only a census saw
 * @param writer how the writing application names itself; absent if it does not
 * @param hour the hour of the commit since 1970, UTC; 0 for a row that only a census saw
 */
public record Author(Optional<Operation> operation, Optional<String> writer, long hour) {
    /** Nobody whom the stream showed. */
    public static final Author UNSEEN = new Author(Optional.empty(), Optional.empty(), 0);

    private static final long SECONDS_PER_HOUR = 3_600;

    /** There may be an author for each of a million findings: what they share they have once. */
    private static final Map<Operation, Optional<Operation>> OPERATIONS =
            Arrays.stream(Operation.values()).collect(Collectors.toUnmodifiableMap(each -> each, Optional::of));

    /** The author of a version that was committed at a time. */
    public static Author of(Operation operation, Optional<String> writer, Instant committed) {
        return new Author(
                OPERATIONS.getOrDefault(operation, Optional.empty()),
                writer,
                Math.floorDiv(committed.getEpochSecond(), SECONDS_PER_HOUR));
    }

    /** The author of a row change. */
    public static Author of(RowChange change) {
        return of(
                change.event().operation(),
                change.event().writer(),
                change.position().commitTime());
    }

    /** Where its work is counted along a dimension. */
    Slice.Place place(Dimension dimension) {
        if (operation.isEmpty()) {
            return new Slice.Place(dimension, Slice.Kind.UNSEEN, "");
        }
        return switch (dimension) {
            case WRITER ->
                writer.map(name -> Slice.Place.named(dimension, name))
                        .orElseGet(() -> new Slice.Place(dimension, Slice.Kind.UNNAMED, ""));
            case OPERATION ->
                Slice.Place.named(dimension, operation.get().name().toLowerCase(Locale.ROOT));
            case HOUR ->
                Slice.Place.named(
                        dimension,
                        Instant.ofEpochSecond(hour * SECONDS_PER_HOUR).toString());
        };
    }

    /** What decides about the place along a dimension: cheaper to ask for at every row. */
    Object trait(Dimension dimension) {
        return switch (dimension) {
            case WRITER -> operation.isEmpty() ? UNSEEN : writer;
            case OPERATION -> operation;
            case HOUR -> operation.isEmpty() ? UNSEEN : hour;
        };
    }
}
