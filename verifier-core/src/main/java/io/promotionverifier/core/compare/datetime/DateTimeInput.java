package io.promotionverifier.core.compare.datetime;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The input function of {@code timestamptz}. Immutable and safe for use by many threads.
 *
 * <p>Follows {@code ParseDateTime} and {@code DecodeDateTime} of PostgreSQL, its oddities included. What depends on the
 * session (DateStyle, TimeZone, abbreviations of zones), on the server's zone names or on now is
 * {@link DateTimeResult.Unsure}; so are a few forms that nobody writes ({@code J2451187}, {@code epoch} with company).
 */
public final class DateTimeInput {
    /** 1970-01-01, counted from 2000-01-01. */
    private static final long UNIX_EPOCH_MICROS = -946_684_800_000_000L;

    private final int serverMajor;
    private final Optional<ZoneId> zone;

    /** @param zone the zone of texts without one; absent: such texts are unsure */
    public DateTimeInput(int serverMajor, Optional<ZoneId> zone) {
        this.serverMajor = serverMajor;
        this.zone = zone;
    }

    /** What the text is as a timestamp with time zone. */
    public DateTimeResult read(String text) {
        Optional<List<Field>> scanned = FieldScanner.scan(text, serverMajor);
        if (scanned.isEmpty()) {
            return new DateTimeResult.Refused();
        }
        List<Field> fields = scanned.get();
        if (fields.stream().anyMatch(this::isSpecial)) {
            return fields.size() == 1 ? special(fields.get(0)) : new DateTimeResult.Unsure();
        }
        boolean hasNumber = !fields.stream().allMatch(field -> field.kind() == Field.Kind.WORD);
        if (hasNumber && fields.stream().anyMatch(field -> isWord(field, Word.Kind.UNIT))) {
            return new DateTimeResult.Unsure();
        }
        return read(fields);
    }

    private boolean isSpecial(Field field) {
        return isWord(field, Word.Kind.EPOCH) || isWord(field, Word.Kind.INFINITY) || isSignedInfinity(field);
    }

    private boolean isSignedInfinity(Field field) {
        return field.text().equals("-infinity")
                || (serverMajor >= 16 && field.text().equals("+infinity"));
    }

    private boolean isWord(Field field, Word.Kind kind) {
        return field.kind() == Field.Kind.WORD
                && Word.of(field.text(), serverMajor)
                        .filter(word -> word.kind() == kind)
                        .isPresent();
    }

    private DateTimeResult special(Field field) {
        return isWord(field, Word.Kind.EPOCH)
                ? new DateTimeResult.At(UNIX_EPOCH_MICROS)
                : new DateTimeResult.Infinite(!field.text().startsWith("-"));
    }

    private DateTimeResult read(List<Field> fields) {
        Attempt first = attempt(fields, DateOrder.YMD);
        boolean isCertain = !first.dependsOnOrder()
                || (attempt(fields, DateOrder.DMY).result().equals(first.result())
                        && attempt(fields, DateOrder.MDY).result().equals(first.result()));
        return isCertain ? first.result() : new DateTimeResult.Unsure();
    }

    private Attempt attempt(List<Field> fields, DateOrder order) {
        DateTimeReader reader = new DateTimeReader(fields, order, serverMajor);
        boolean accepted = reader.read();
        Draft draft = reader.draft();
        DateTimeResult result = accepted ? Resolution.of(draft, zone) : new DateTimeResult.Refused();
        return new Attempt(result, draft.dependsOnOrder);
    }

    /** What one date order makes of the fields, and whether another could make something else of them. */
    private record Attempt(DateTimeResult result, boolean dependsOnOrder) {}
}
