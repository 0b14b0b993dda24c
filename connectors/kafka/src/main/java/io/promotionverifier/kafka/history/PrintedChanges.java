package io.promotionverifier.kafka.history;

import static io.promotionverifier.kafka.json.PrintedReader.bytes;

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
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.json.PrintedReader;
import io.promotionverifier.kafka.json.PrintedReader.Latest;
import io.promotionverifier.kafka.json.PrintedReader.OtherwiseException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the record of a row change letter by letter as {@link io.promotionverifier.kafka.json.HistoryJson} prints it,
 * without a parser. What is rare or printed otherwise (an old key, a side that cannot be cast, a letter beyond ASCII, a
 * member of a newer version) it leaves to {@link ChangeParser}. Confined to one thread.
 */
final class PrintedChanges {
    private static final byte[] OP = bytes("{\"op\":\"");
    private static final byte[] TABLE = bytes("\",\"table\":\"");
    private static final byte[] KEY = bytes("\",\"key\":");
    private static final byte[] LSN = bytes(",\"lsn\":\"");
    private static final byte[] TX = bytes("\",\"tx\":");
    private static final byte[] ORDER = bytes(",\"order\":");
    private static final byte[] LAST = bytes(",\"last_of_tx\":true");
    private static final byte[] NOT_LAST = bytes(",\"last_of_tx\":false");
    private static final byte[] COMMIT_TIME = bytes(",\"commit_time\":\"");
    private static final byte[] ORIGIN = bytes("\",\"old_key\":null,\"origin\":\"");
    private static final byte[] NO_WRITER = bytes("\",\"writer\":null");
    private static final byte[] WRITER = bytes("\",\"writer\":\"");
    private static final byte[] QUOTE = bytes("\"");
    private static final byte[] SIDES = bytes(",\"sides\":{");
    private static final byte[] END = bytes("}}");
    private static final byte[] COLUMN = bytes("\":{\"column\":");
    private static final byte[] DOCUMENT = bytes(",\"document\":");
    private static final byte[] SIDE_END = bytes("}");
    private static final byte[] REREAD = bytes(",\"read\":\"row\"");
    private static final byte[] NEXT = bytes(",\"");
    private static final byte[] DIGEST = bytes("{\"digest\":\"");
    private static final byte[] LENGTH = bytes("\",\"length\":");
    private static final byte[] VALUE = bytes("{\"value\":\"");
    private static final byte[] NULL_COLUMN = bytes("{\"absent\":\"null\"");
    private static final byte[] ABSENT = bytes("{\"absent\":\"");
    private static final Operation[] ALL_OPERATIONS = Operation.values();
    private static final Origin[] ALL_ORIGINS = Origin.values();
    private static final Absence[] ALL_ABSENCES = Absence.values();
    private static final byte[][] OPERATIONS = PrintedReader.printed(Operation.class);
    private static final byte[][] ORIGINS = PrintedReader.printed(Origin.class);
    private static final byte[][] ABSENCES = PrintedReader.printed(Absence.class);

    private final PrintedReader in = new PrintedReader();
    private final Latest<TableName> table;
    private final Latest<Instant> commitTime = new Latest<>(PrintedReader::time);
    private final Latest<Optional<String>> writer = new Latest<>(Optional::of);
    private final Latest<PromotionId> promotion;

    /**
     * A reader of records.
     *
     * @param tables the table of a name in the run that is read
     * @param promotions the promotion of a name
     */
    PrintedChanges(Function<String, TableName> tables, Function<String, PromotionId> promotions) {
        this.table = new Latest<>(tables);
        this.promotion = new Latest<>(promotions);
    }

    /** Another run may have other tables. */
    void forget() {
        table.forget();
    }

    /** The change that a record tells; absent if it is not printed as most are. */
    Optional<Effect.ChangeRecorded> read(String id, String recordKey, byte[] value) {
        try {
            in.begin(value);
            return Optional.of(change(id, recordKey));
        } catch (OtherwiseException | IllegalArgumentException rare) {
            return Optional.empty(); // what cannot be read at all, the parser refuses in its own words
        }
    }

    private Effect.ChangeRecorded change(String id, String recordKey) {
        in.expect(OP);
        Operation operation = ALL_OPERATIONS[in.constant(OPERATIONS)];
        in.expect(TABLE);
        int name = in.place();
        TableName of = in.text(table);
        int bar = in.place() - name;
        in.expect(KEY);
        in.expect(recordKey, bar + 1);
        in.expect(LSN);
        Lsn lsn = in.lsn();
        in.expect(TX);
        long transaction = in.number();
        in.expect(ORDER);
        long order = in.number();
        boolean last = isLast();
        in.expect(COMMIT_TIME);
        Instant committed = in.text(commitTime);
        in.expect(ORIGIN);
        Origin origin = ALL_ORIGINS[in.constant(ORIGINS)];
        Optional<String> by = writer();
        Map<PromotionId, Sides> sides = sides();
        in.expectEnd();
        RowKey key = new RowKey(recordKey.substring(bar + 1));
        RowEvent event = new RowEvent(operation, of, Optional.of(key), Optional.empty(), origin, by, List.of());
        Position position = new Position(lsn, transaction, order, committed);
        return new Effect.ChangeRecorded(id, new RowChange(event, position, last), sides);
    }

    private boolean isLast() {
        if (in.passes(LAST)) {
            return true;
        }
        in.expect(NOT_LAST);
        return false;
    }

    private Optional<String> writer() {
        if (in.passes(NO_WRITER)) {
            return Optional.empty();
        }
        in.expect(WRITER);
        Optional<String> named = in.text(writer);
        in.expect(QUOTE);
        return named;
    }

    private Map<PromotionId, Sides> sides() {
        in.expect(SIDES);
        if (in.passes(END)) {
            return Map.of();
        }
        in.expect(QUOTE);
        PromotionId first = in.text(promotion);
        Sides both = both();
        if (in.passes(END)) {
            return Map.of(first, both);
        }
        Map<PromotionId, Sides> sides = new LinkedHashMap<>();
        sides.put(first, both);
        while (in.passes(NEXT)) {
            sides.put(in.text(promotion), both());
        }
        in.expect(END);
        return sides;
    }

    private Sides both() {
        in.expect(COLUMN);
        int from = in.place();
        Side column = side();
        boolean columnReread = isReread();
        int to = in.place();
        in.expect(DOCUMENT);
        if (in.passesAgain(from, to)) {
            in.expect(SIDE_END);
            return new Sides(column, column, Parent.NOT_ASKED, Reread.of(columnReread, columnReread));
        }
        Side document = side();
        boolean documentReread = isReread();
        in.expect(SIDE_END);
        return new Sides(column, document, Parent.NOT_ASKED, Reread.of(columnReread, documentReread));
    }

    /** The side, but for its end. */
    private Side side() {
        if (in.passes(DIGEST)) {
            String digest = in.text();
            in.expect(LENGTH);
            return new Side.Known(new SealedValue(digest, in.smallNumber(), false));
        }
        if (in.passes(VALUE)) {
            String value = in.text();
            in.expect(QUOTE);
            return new Side.Known(new SealedValue(value, value.length(), true));
        }
        if (in.passes(NULL_COLUMN)) {
            return new Side.Null();
        }
        in.expect(ABSENT);
        Side side = new Side.Absent(ALL_ABSENCES[in.constant(ABSENCES)]);
        in.expect(QUOTE);
        return side;
    }

    private boolean isReread() {
        boolean reread = in.passes(REREAD);
        in.expect(SIDE_END);
        return reread;
    }
}
