package io.promotionverifier.core.compare.datetime;

import java.util.List;
import java.util.Optional;

/**
 * The input function of {@code interval}. Immutable and safe for use by many threads.
 *
 * <p>Follows {@code interval_in} of PostgreSQL: numbers and units first, then ISO 8601. What the two sign rules of
 * IntervalStyle read differently ({@code -1 2:03:04}) is {@link IntervalResult.Unsure}.
 */
public final class IntervalInput {
    private static final int WORK_SPACE = 255;

    private final int serverMajor;

    /** For a server of this major version. */
    public IntervalInput(int serverMajor) {
        this.serverMajor = serverMajor;
    }

    /** What the text is as an interval. */
    public IntervalResult read(String text) {
        Optional<List<Field>> fields = FieldScanner.scan(text, WORK_SPACE);
        IntervalResult result = fields.map(this::read).orElseGet(IntervalResult.Refused::new);
        return result instanceof IntervalResult.Refused
                ? finite(IsoIntervalReader.read(text, serverMajor))
                : finite(result);
    }

    private IntervalResult read(List<Field> fields) {
        IntervalResult result = IntervalReader.read(fields, serverMajor, false);
        boolean isCertain = !mayBeNegativeAsAWhole(fields)
                || IntervalReader.read(fields, serverMajor, true).equals(result);
        return isCertain ? result : new IntervalResult.Unsure();
    }

    /** The SQL standard's rule: a minus in front counts for all fields unless another one has a sign. */
    private static boolean mayBeNegativeAsAWhole(List<Field> fields) {
        return !fields.isEmpty()
                && fields.get(0).text().startsWith("-")
                && fields.stream().skip(1).noneMatch(IntervalInput::isSigned);
    }

    private static boolean isSigned(Field field) {
        return field.text().startsWith("-") || field.text().startsWith("+");
    }

    /** The two spans at the ends stand for infinity from version 17 on. */
    private IntervalResult finite(IntervalResult result) {
        if (serverMajor < 17) {
            return result;
        }
        if (result.equals(new IntervalResult.Span(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE))) {
            return new IntervalResult.Infinite(true);
        }
        return result.equals(new IntervalResult.Span(Integer.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE))
                ? new IntervalResult.Infinite(false)
                : result;
    }
}
