package io.promotionverifier.postgres.decode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Single values inside a row key. */
final class KeyValues {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,40}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,1000}\\.[0-9]{0,1000}");
    private static final Pattern SHORT_OFFSET = Pattern.compile("[+-][0-9]{2}$");

    private KeyValues() {}

    /** Appends a value as {@code to_jsonb} prints it, given PostgreSQL's text of it. */
    static void append(StringBuilder out, KeyForm form, String text) {
        boolean special = form == KeyForm.NUMBER && !isNumber(text);
        if ((form == KeyForm.NUMBER && !special) || form == KeyForm.BOOLEAN) {
            out.append(text);
        } else {
            JsonText.appendQuoted(out, text);
        }
    }

    /** NaN and the infinities are strings in JSON. */
    private static boolean isNumber(String text) {
        char last = text.isEmpty() ? 'x' : text.charAt(text.length() - 1);
        return last >= '0' && last <= '9';
    }

    /**
     * PostgreSQL's text of a value that a person wrote.
     *
     * @throws IllegalArgumentException if it cannot be a value of the column; the message names the column only
     */
    static String canonical(KeyPart part, String given) {
        try {
            return switch (part.form()) {
                case TEXT, TIMESTAMP -> given;
                case NUMBER -> number(given.strip());
                case BOOLEAN -> truth(given.strip().toLowerCase(Locale.ROOT));
                case UUID -> uuid(given.strip());
                case DATE -> LocalDate.parse(given.strip()).toString();
                case TIMESTAMPTZ -> instant(given.strip());
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "the value of key column \"" + part.name() + "\" is no "
                            + part.form().name().toLowerCase(Locale.ROOT),
                    e);
        }
    }

    /** Decimals keep their digits: {@code numeric(10,2)} prints two, which only the catalog knows. */
    private static String number(String given) {
        if (INTEGER.matcher(given).matches()) {
            return new BigInteger(given).toString();
        }
        if (!DECIMAL.matcher(given).matches()) {
            throw new IllegalArgumentException("no number");
        }
        return new BigDecimal(given).toPlainString();
    }

    private static String truth(String given) {
        if (!given.equals("true") && !given.equals("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return given;
    }

    private static String uuid(String given) {
        String text = UUID.fromString(given).toString();
        if (!text.equalsIgnoreCase(given)) {
            throw new IllegalArgumentException("shortened");
        }
        return text;
    }

    private static String instant(String given) {
        String iso = given.replace(' ', 'T');
        String full = SHORT_OFFSET.matcher(iso).find() ? iso + ":00" : iso;
        return PostgresTime.timestamptz(OffsetDateTime.parse(full));
    }
}
