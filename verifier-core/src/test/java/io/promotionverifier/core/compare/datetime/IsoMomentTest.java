package io.promotionverifier.core.compare.datetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IsoMomentTest {
    private static final long SEED = Long.getLong("verifier.seed", System.nanoTime());
    private static final int TEXTS = 200_000;
    private static final String ALPHABET = "0123456789019-:. TZtz+";

    private final Random random = new Random(SEED);

    @Test
    void whatIsReadAtOnceIsWhatTheWholeReaderReads() {
        System.out.println("IsoMomentTest: -Dverifier.seed=" + SEED);
        Map<DateTimeType, Integer> found = new EnumMap<>(DateTimeType.class);
        for (int i = 0; i < TEXTS; i++) {
            String text = text();
            for (DateTimeType type : DateTimeType.values()) {
                int server = 14 + random.nextInt(5);
                Optional<ZoneId> zone = random.nextBoolean() ? Optional.empty() : Optional.of(ZoneId.of("Asia/Tokyo"));
                Optional<DateTimeResult.At> moment = IsoMoment.read(text, type);
                moment.ifPresent(at -> assertThat(new DateTimeInput(type, server, zone).parse(text))
                        .as("%s of %s on %d", type, text, server)
                        .isEqualTo(at));
                found.merge(type, moment.isPresent() ? 1 : 0, Integer::sum);
            }
        }
        assertThat(found.get(DateTimeType.TIMESTAMP)).isGreaterThan(TEXTS / 20);
        assertThat(found.get(DateTimeType.TIMESTAMPTZ)).isGreaterThan(TEXTS / 20);
        assertThat(found.values().stream().filter(count -> count > 0)).hasSize(2);
    }

    private String text() {
        StringBuilder text = new StringBuilder(String.format(
                "%04d-%02d-%02d%c%02d:%02d:%02d",
                random.nextInt(10_000),
                random.nextInt(14),
                random.nextInt(33),
                random.nextBoolean() ? 'T' : ' ',
                random.nextInt(25),
                random.nextInt(61),
                random.nextInt(61)));
        if (random.nextBoolean()) {
            text.append('.');
            random.ints(random.nextInt(8), 0, 10).forEach(text::append);
        }
        String offset = switch (random.nextInt(5)) {
            case 0 -> "Z";
            case 1 -> String.format("%c%02d", random.nextBoolean() ? '+' : '-', random.nextInt(17));
            case 2 -> String.format("+%02d:%02d", random.nextInt(17), random.nextInt(62));
            default -> "";
        };
        return changed(text.append(offset));
    }

    /** One of four with another letter somewhere. */
    private String changed(StringBuilder text) {
        if (random.nextInt(4) == 0) {
            text.setCharAt(random.nextInt(text.length()), ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-01-16T00:00:00+00:00",
                "2025-01-16 00:00:00+00",
                "2024-02-29T23:59:59.123456Z",
                "0001-01-01T00:00:00-14:59"
            })
    void theUsualFormsAreReadAtOnce(String text) {
        assertThat(IsoMoment.read(text, DateTimeType.TIMESTAMPTZ)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29T00:00:00Z",
                "2024-02-29T24:00:00Z",
                "2024-02-29T00:00:60Z",
                "2024-02-29T00:00:00.1234567Z",
                "2024-02-29T00:00:00.Z",
                "2024-02-29T00:00:00+15:60",
                "2024-02-29T00:00:00+1",
                "2024-02-29T00:00:00",
                "0000-02-29T00:00:00Z",
                "2024-02-29T00:00:00Z "
            })
    void whateverElseIsLeftToTheWholeReader(String text) {
        assertThat(IsoMoment.read(text, DateTimeType.TIMESTAMPTZ)).isEmpty();
    }
}
