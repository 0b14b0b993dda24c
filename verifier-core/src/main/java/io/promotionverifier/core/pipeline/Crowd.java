package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.ledger.Attribution.Split;
import io.promotionverifier.core.ledger.Dimension;
import io.promotionverifier.core.ledger.Slice;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Whose rows disagree, in one sentence: "39 of 41 rows that disagree are from worker-7, all since 09:02 UTC". */
final class Crowd {
    private static final DateTimeFormatter TIME = format("HH:mm 'UTC'");
    private static final DateTimeFormatter DAY_AND_TIME = format("yyyy-MM-dd HH:mm 'UTC'");

    private static final String ENTERED = Operation.ENTERED.name().toLowerCase(Locale.ROOT);

    private Crowd() {}

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** @param now stream time: a time of its day needs no date */
    static String sentence(Split split, Instant now) {
        String crowd = split.findings() + " of " + split.of() + " rows that disagree are ";
        return split.place()
                .map(place -> crowd + where(place, now) + (isHour(place) ? "" : since(split, now)))
                .orElseGet(
                        () -> split.of() + (split.of() == 1 ? " row disagrees" : " rows disagree") + since(split, now));
    }

    private static boolean isHour(Slice.Place place) {
        return place.dimension() == Dimension.HOUR && place.kind() == Slice.Kind.NAMED;
    }

    private static String where(Slice.Place place, Instant now) {
        return switch (place.kind()) {
            case UNNAMED -> "from writers without a name";
            case UNSEEN -> "known to the census only: nobody saw them written";
            case REST -> "from elsewhere";
            case NAMED ->
                switch (place.dimension()) {
                    case WRITER -> "from " + place.name();
                    case OPERATION ->
                        place.name().equals(ENTERED)
                                ? "from an INSERT or UPDATE"
                                : "from an " + place.name().toUpperCase(Locale.ROOT);
                    case HOUR -> hour(Instant.parse(place.name()), now);
                };
        };
    }

    private static String hour(Instant begin, Instant now) {
        return "from the hour between " + time(begin, now) + " and " + time(begin.plus(Duration.ofHours(1)), now);
    }

    private static String since(Split split, Instant now) {
        return split.since().map(at -> ", all since " + time(at, now)).orElse("");
    }

    private static String time(Instant at, Instant now) {
        boolean today = at.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .equals(now.atZone(ZoneOffset.UTC).toLocalDate());
        return (today ? TIME : DAY_AND_TIME).format(at);
    }
}
