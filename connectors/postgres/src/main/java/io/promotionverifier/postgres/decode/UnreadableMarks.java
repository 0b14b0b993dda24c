package io.promotionverifier.postgres.decode;

import io.promotionverifier.core.change.Unreadable;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The texts that stand for what could not be read. Random for every run of the engine: a column may legally hold any
 * fixed text, also Debezium's default placeholder.
 *
 * @param toast stands for an unchanged value stored out of line
 * @param foreign stands for a value of a type that we do not read
 * @param limit stands for a value that is too large for our memory; in braces, so that it is an array of texts as well
 */
public record UnreadableMarks(String toast, String foreign, String limit) {
    private static final int RANDOM_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Marks that nobody has seen before. */
    public static UnreadableMarks random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        return new UnreadableMarks(
                "verifier-toast-" + token, "verifier-foreign-" + token, "{verifier-limit-" + token + "}");
    }

    /**
     * A text in SQL, or what stands for one that is too large for our memory.
     *
     * @param text an SQL expression of type text
     * @param mostBytes how large it may be
     */
    String boundedText(String text, int mostBytes) {
        return "(SELECT CASE WHEN octet_length(whole.value) > " + mostBytes + " THEN '" + limit
                + "' ELSE whole.value END FROM (SELECT " + text + " AS value OFFSET 0) AS whole)";
    }

    /** Why a text is not a value; absent for a value. */
    Optional<Unreadable> reason(String text) {
        if (text.equals(toast)) {
            return Optional.of(Unreadable.TOAST);
        }
        if (text.equals(limit)) {
            return Optional.of(Unreadable.LIMIT);
        }
        return text.equals(foreign) ? Optional.of(Unreadable.SCHEMA) : Optional.empty();
    }
}
