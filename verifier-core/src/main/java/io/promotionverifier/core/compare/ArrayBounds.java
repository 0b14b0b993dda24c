package io.promotionverifier.core.compare;

import io.promotionverifier.core.promotion.SessionRules;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bounds before an array's braces, {@code [2:3]=}. For one text and one thread. */
final class ArrayBounds {
    private static final Pattern FORM =
            Pattern.compile("\\[(?:([0-9+-]{1,40}):)?([0-9+-]{1,40})\\][ \\t-\\r]*+(\\[|=)[ \\t-\\r]*+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,30}");
    private static final int STRICT_SINCE = 17;

    private final String text;
    private final SessionRules session;
    private long lower = 1;
    private Optional<Long> upper = Optional.empty();
    private boolean strange;

    ArrayBounds(String text, SessionRules session) {
        this.text = text;
        this.session = session;
    }

    /** Reads the bounds that begin here; where the braces begin, or -1 if PostgreSQL refuses them. */
    int read(int from) {
        Matcher form = FORM.matcher(text).region(from, text.length());
        if (!form.lookingAt()) {
            return -1;
        }
        String first = form.group(1) == null ? "1" : form.group(1);
        if (!NUMBER.matcher(first).matches() || !NUMBER.matcher(form.group(2)).matches()) {
            return unusual();
        }
        long from1 = number(first);
        long to = number(form.group(2));
        if (from1 != (int) from1 || to != (int) to) {
            return unusual();
        }
        strange = form.group(3).equals("[");
        lower = from1;
        upper = Optional.of(to);
        return to < from1 || to == Integer.MAX_VALUE ? -1 : form.end();
    }

    /** Numbers like {@code 1-2} were read by {@code atoi}, which nobody wants to know. */
    private int unusual() {
        strange = session.serverMajor() < STRICT_SINCE;
        return -1;
    }

    private static long number(String text) {
        return text.length() > 15 ? Long.MAX_VALUE : Long.parseLong(text);
    }

    /** True if there are several dimensions, or numbers that the older servers read in their own way. */
    boolean isStrange() {
        return strange;
    }

    /** The index of the first element. */
    int lower() {
        return (int) lower;
    }

    /** True if so many elements fill the bounds. */
    boolean fit(int elements) {
        return upper.isEmpty() || upper.get() - lower + 1 == elements;
    }
}
