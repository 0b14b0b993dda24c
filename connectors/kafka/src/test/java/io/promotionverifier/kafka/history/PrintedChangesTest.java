package io.promotionverifier.kafka.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.DocumentValue.Absence;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Parent;
import io.promotionverifier.core.change.Position;
import io.promotionverifier.core.change.Reread;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.SealedValue;
import io.promotionverifier.core.compare.Side;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.compare.UnverifiableReason;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.Sample;
import io.promotionverifier.kafka.json.ChangeJson;
import io.promotionverifier.kafka.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser is the oracle: what is read letter by letter is read alike, and the rest is left to it. */
class PrintedChangesTest {
    private static final String ID = "1:change";
    private static final String PRINTED = "{\"op\":\"update\",\"table\":\"public.nexus_cases\",\"key\":{\"id\": 88213},"
            + "\"lsn\":\"0/1A2B\",\"tx\":771,\"order\":3,\"last_of_tx\":true,"
            + "\"commit_time\":\"2025-01-16T09:30:00.500000Z\",\"old_key\":null,\"origin\":\"live\",\"writer\":null,"
            + "\"sides\":{\"PROMO-001\":{\"column\":{\"digest\":\"9f86\",\"length\":6},"
            + "\"document\":{\"digest\":\"2c26\",\"length\":4}}}}";
    private static final String LETTERS = "\"\\{}:,0123456789abcdefnrtu/-+. \n";
    private static final String KEY = Sample.TABLE + "|" + Sample.KEY;

    private final SidesReader sides = new SidesReader();
    private final ChangeParser parser = new ChangeParser(sides);
    private final PrintedChanges printed = new PrintedChanges(PrintedChangesTest::table, sides::id);

    private static TableName table(String name) {
        return name.equals(Sample.TABLE.toString()) ? Sample.TABLE : new TableName("", name);
    }

    private Effect.ChangeRecorded parsed(String key, byte[] value) {
        return parser.parse(ID, key, value, PrintedChangesTest::table);
    }

    private static <E> E any(E[] all, Random random) {
        return all[random.nextInt(all.length)];
    }

    private static Side side(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> new Side.Null();
            case 1 -> new Side.Absent(any(Absence.values(), random));
            case 2 -> new Side.Known(new SealedValue(text(random), 1, true));
            case 3 -> new Side.Uncastable(new SealedValue("9f86", 6, false));
            case 4 -> new Side.Unavailable(UnverifiableReason.TOAST);
            default ->
                new Side.Known(new SealedValue(
                        Long.toHexString(random.nextInt(3)), random.nextInt(1 << random.nextInt(31)), false));
        };
    }

    private static String text(Random random) {
        return random.ints(1, "a b\"\\\né€,}:{0".length())
                .limit(1)
                .collect(
                        StringBuilder::new,
                        (all, at) -> all.append("a b\"\\\né€,}:{0".charAt(at)),
                        StringBuilder::append)
                .toString();
    }

    private static Map<PromotionId, Sides> sides(Random random) {
        Map<PromotionId, Sides> sides = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Side column = side(random);
            Parent parent = random.nextInt(8) == 0 ? Parent.GONE : Parent.NOT_ASKED;
            Reread reread = any(Reread.values(), random);
            Side document = random.nextBoolean() ? column : side(random);
            sides.put(new PromotionId("PROMO-" + i), new Sides(column, document, parent, reread));
        }
        return sides;
    }

    private static Effect.ChangeRecorded change(Random random) {
        Operation operation = any(Operation.values(), random);
        TableName table = random.nextInt(4) == 0 ? new TableName("", "other." + text(random)) : Sample.TABLE;
        RowKey key = new RowKey("{\"id\": \"" + random.nextInt() + (random.nextInt(4) == 0 ? "é" : "|{") + "\"}");
        RowEvent event = new RowEvent(
                operation,
                table,
                operation == Operation.TRUNCATE ? Optional.empty() : Optional.of(key),
                random.nextInt(8) == 0 ? Optional.of(Sample.KEY) : Optional.empty(),
                random.nextBoolean() ? Origin.LIVE : Origin.BACKFILL,
                random.nextBoolean() ? Optional.of("app@" + text(random)) : Optional.empty(),
                List.of());
        Instant time = Instant.ofEpochSecond(random.nextInt(4_000) * 1_000_000L, random.nextInt(2) * 1_000L);
        Position position = new Position(
                new Lsn(random.nextLong() >>> random.nextInt(64)),
                random.nextLong() >>> (1 + random.nextInt(62)),
                random.nextInt(3),
                time);
        return new Effect.ChangeRecorded(ID, new RowChange(event, position, random.nextBoolean()), sides(random));
    }

    private static String keyOf(Effect.ChangeRecorded change) {
        RowEvent event = change.change().event();
        return (event.table().schema().isEmpty() ? event.table().toString() : Sample.TABLE) + "|"
                + event.key().map(RowKey::json).orElse("");
    }

    @Test
    void whatIsPrintedIsReadAsTheParserReadsIt() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            Effect.ChangeRecorded change = change(random);
            byte[] value = ChangeJson.bytes(change);
            Optional<Effect.ChangeRecorded> found = printed.read(ID, keyOf(change), value);
            read += found.isPresent() ? 1 : 0;
            found.ifPresent(each -> assertThat(each).as("seed %d", seed).isEqualTo(parsed(keyOf(change), value)));
        }
        assertThat(read).as("read without the parser, seed %d", seed).isGreaterThan(2_000);
    }

    @Test
    void whatIsDamagedIsNeverReadOtherwiseThanTheParserReadsIt() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] value = damaged(random);
            printed.read(ID, KEY, value).ifPresent(found -> {
                try {
                    assertThat(found).as("seed %d", seed).isEqualTo(parsed(KEY, value));
                } catch (MalformedJsonException refused) {
                    throw new AssertionError("seed " + seed + ": read what the parser refuses", refused);
                }
            });
        }
    }

    @Test
    void whatMostRecordsAreLikeNeedsNoParser() {
        assertThat(printed.read(ID, KEY, bytes(PRINTED))).contains(parsed(KEY, bytes(PRINTED)));
        String deleted = PRINTED.replace("update", "delete").replaceFirst("\"sides\".*", "\"sides\":{}}");
        assertThat(printed.read(ID, KEY, bytes(deleted))).contains(parsed(KEY, bytes(deleted)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"}}}}", "}}},\"novelty\":1}", "}}}}}", "}}} }", "}}}"})
    void anyOtherEndIsLeftToTheParser(String end) {
        String value = PRINTED.substring(0, PRINTED.length() - "}}}}".length()) + end;
        assertThat(printed.read(ID, KEY, bytes(value)).isPresent()).isEqualTo(end.equals("}}}}"));
    }

    @Test
    void aTableOfAnotherRunIsLookedUpAnew() {
        TableName first = new TableName("public", "nexus_cases");
        TableName[] now = {first};
        PrintedChanges changes = new PrintedChanges(name -> now[0], sides::id);
        changes.read(ID, KEY, bytes(PRINTED));
        now[0] = new TableName("public.nexus", "cases");
        changes.forget();
        assertThat(changes.read(ID, KEY, bytes(PRINTED))
                        .orElseThrow()
                        .change()
                        .event()
                        .table())
                .isEqualTo(now[0]);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] damaged(Random random) {
        byte[] bytes = bytes(PRINTED);
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(3)) {
            case 0 -> bytes[at] = (byte) random.nextInt();
            case 1 -> bytes[at] = (byte) LETTERS.charAt(random.nextInt(LETTERS.length()));
            default -> bytes = Arrays.copyOf(bytes, at);
        }
        return bytes;
    }
}
