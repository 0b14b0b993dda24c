package io.promotionverifier.kafka.history;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Position;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.MalformedJsonException;
import io.promotionverifier.kafka.json.Members;
import io.promotionverifier.kafka.json.TokenReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the record of a row change: nearly all that a history holds, so without a tree. The row's key is in the
 * record's key, letter by letter as it was. Confined to one thread.
 */
final class ChangeParser {
    private final SidesReader sides;

    ChangeParser(SidesReader sides) {
        this.sides = sides;
    }

    /**
     * Reads a record.
     *
     * @param table the table of a name in this run
     * @throws MalformedJsonException if it is not what a verifier wrote
     */
    Effect.ChangeRecorded parse(String id, String recordKey, byte[] value, Function<String, TableName> table) {
        return TokenReader.whole(value, in -> new Parts(in, sides)).change(id, recordKey, table);
    }

    /** The members of a change, in whatever order they come. */
    private static final class Parts implements TokenReader.Member {
        private final TokenReader in;
        private final SidesReader sidesReader;
        private @Nullable Operation operation;
        private @Nullable String table;
        private boolean keyed;
        private @Nullable Lsn lsn;
        private @Nullable Long transaction;
        private @Nullable Long order;
        private @Nullable Boolean last;
        private @Nullable Instant commitTime;
        private Optional<RowKey> oldKey = Optional.empty();
        private @Nullable Origin origin;
        private Optional<String> writer = Optional.empty();
        private @Nullable Map<PromotionId, Sides> sides;

        Parts(TokenReader in, SidesReader sidesReader) {
            this.in = in;
            this.sidesReader = sidesReader;
        }

        @Override
        public void read(String name) {
            switch (name) {
                case "op" -> operation = Members.constant(name, in.text(name), Operation.class);
                case "table" -> table = in.text(name);
                case "key" -> keyed = !in.isNull();
                case "lsn" -> lsn = Members.lsn(name, in.text(name));
                case "tx" -> transaction = in.number(name);
                case "order" -> order = in.number(name);
                case "last_of_tx" -> last = in.flag(name);
                case "commit_time" -> commitTime = Members.time(name, in.text(name));
                case "old_key" -> oldKey = in.tree(name).map(Json::key);
                case "origin" -> origin = Members.constant(name, in.text(name), Origin.class);
                case "writer" -> writer = in.isNull() ? Optional.empty() : Optional.of(in.text(name));
                case "sides" -> sides = sidesReader.read(in, name);
                default -> {
                    // of a newer version
                }
            }
        }

        Effect.ChangeRecorded change(String id, String recordKey, Function<String, TableName> tables) {
            String name = there(table, "table");
            RowEvent event = new RowEvent(
                    there(operation, "op"),
                    tables.apply(name),
                    keyed ? Optional.of(new RowKey(recordKey.substring(name.length() + 1))) : Optional.empty(),
                    oldKey,
                    there(origin, "origin"),
                    writer,
                    List.of());
            Position position = new Position(
                    there(lsn, "lsn"),
                    there(transaction, "tx"),
                    there(order, "order"),
                    there(commitTime, "commit_time"));
            RowChange change = new RowChange(event, position, there(last, "last_of_tx"));
            return new Effect.ChangeRecorded(id, change, there(sides, "sides"));
        }

        private static <T> T there(@Nullable T part, String name) {
            if (part == null) {
                throw new MalformedJsonException("member \"" + name + "\" is missing");
            }
            return part;
        }
    }
}
