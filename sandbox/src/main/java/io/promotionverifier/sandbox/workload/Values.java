package io.promotionverifier.sandbox.workload;

import io.promotionverifier.sandbox.sample.SamplePromotion;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The values that the application writes, in the spellings that applications use. Confined to its worker.
 *
 * <p>One in ten documents spells its value so that only the column's type shows it to be equal.
 */
final class Values {
    private static final List<String> CONTENT_TYPES =
            List.of("material", "ai_response", "note_article", "creation_log", "generated");
    private static final Instant EPOCH = Instant.parse("2025-01-16T00:00:00Z");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSXXX");
    private static final int TRIES = 20;

    private final SplittableRandom random;

    Values(SplittableRandom random) {
        this.random = random;
    }

    /** A value that the cell does not hold; empty when the promotion has no other. */
    Optional<Value> other(SamplePromotion promotion, Cell cell, List<String> parents) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Value> drawn = draw(promotion, parents);
            if (drawn.isPresent() && !cell.holds(drawn.get())) {
                return drawn;
            }
        }
        return Optional.empty();
    }

    /** Any value; empty when the promotion refers to parents and there are none. */
    Optional<Value> draw(SamplePromotion promotion, List<String> parents) {
        return switch (promotion) {
            case PROMO_001, PROMO_003, CTX_SOURCE -> Optional.of(text(pick(promotion.allowed())));
            case CTX_ROADMAP -> parents.isEmpty() ? Optional.empty() : Optional.of(uuid(pick(parents)));
            case CTX_ITINERARY -> Optional.of(uuid(uuid()));
            case WF_PLAN -> Optional.of(decimal());
            case WF_CONTENT -> Optional.of(text(pick(CONTENT_TYPES)));
            case WF_FINISHED -> Optional.of(moment());
            case WF_CACHE -> Optional.of(truth());
            case WF_RETRIES -> Optional.of(number(random.nextInt(40)));
            case WF_TOKENS -> Optional.of(number(random.nextLong(1L << 62)));
        };
    }

    /** JSON that the column's type refuses; empty where it refuses nothing. */
    Optional<String> refused(SamplePromotion promotion) {
        return switch (promotion) {
            case PROMO_001, PROMO_003, CTX_SOURCE -> Optional.empty();
            case CTX_ROADMAP, CTX_ITINERARY -> Optional.of(quoted(pick(List.of("not-a-uuid", "", "1234"))));
            case WF_PLAN -> Optional.of(quoted(pick(List.of("12,5", "2 min", "99999999.5"))));
            case WF_CONTENT -> Optional.of(quoted(pick(List.of("video", "Material"))));
            case WF_FINISHED -> Optional.of(quoted(pick(List.of("2025-13-01T00:00:00Z", "soon"))));
            case WF_CACHE -> Optional.of(pick(List.of("\"maybe\"", "2")));
            case WF_RETRIES -> Optional.of(pick(List.of("3.5", "\"three\"", "3000000000")));
            case WF_TOKENS -> Optional.of(pick(List.of("1e19", "\"1,000\"")));
        };
    }

    /** JSON outside the allowed values; empty where all are allowed. */
    Optional<String> outside(SamplePromotion promotion) {
        return promotion.allowed().isEmpty()
                ? Optional.empty()
                : Optional.of(quoted(
                        pick(List.of("import", "unknown", promotion.allowed().get(0) + " "))));
    }

    /** A random UUID in its canonical spelling. */
    String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private boolean unusual() {
        return random.nextInt(10) == 0;
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static Value text(String text) {
        return new Value(text, quoted(text));
    }

    private Value uuid(String canonical) {
        return new Value(canonical, quoted(unusual() ? canonical.toUpperCase(Locale.ROOT) : canonical));
    }

    /** The column keeps three decimals; the unusual document brings a fourth, which the column's type rounds away. */
    private Value decimal() {
        BigDecimal column = BigDecimal.valueOf(random.nextInt(1, 3_600_000), 3);
        if (!unusual()) {
            return new Value(column.toPlainString(), column.stripTrailingZeros().toPlainString());
        }
        return random.nextBoolean()
                ? new Value(column.toPlainString(), column.toPlainString() + "4")
                : new Value(column.toPlainString(), quoted(column.toPlainString()));
    }

    private Value moment() {
        Instant instant = EPOCH.plus(random.nextLong(31_536_000_000_000L), ChronoUnit.MICROS);
        ZoneOffset zone = unusual() ? ZoneOffset.ofHours(2) : ZoneOffset.UTC;
        return new Value(
                MICROS.format(instant.atOffset(ZoneOffset.UTC)), quoted(MICROS.format(instant.atOffset(zone))));
    }

    private Value truth() {
        boolean value = random.nextBoolean();
        return new Value(Boolean.toString(value), unusual() ? quoted(value ? "yes" : "no") : Boolean.toString(value));
    }

    private Value number(long value) {
        String digits = Long.toString(value);
        return new Value(digits, unusual() ? quoted(digits) : digits);
    }

    private static String quoted(String plain) {
        return '"' + plain + '"';
    }
}
