package io.promotionverifier.kafka.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.core.change.Parent;
import io.promotionverifier.core.change.Reread;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.json.MalformedJsonException;
import io.promotionverifier.kafka.json.Members;
import io.promotionverifier.kafka.json.SideJson;
import io.promotionverifier.kafka.json.TokenReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads both sides of each promotion. Confined to one thread. */
final class SidesReader {
    private final Map<String, PromotionId> promotions = new HashMap<>();

    /** The ids that are known need not be known any longer. */
    void forget() {
        promotions.clear();
    }

    /** The same of an object that was parsed before. */
    Map<PromotionId, Sides> read(JsonNode node) {
        Map<PromotionId, Sides> sides = new LinkedHashMap<>();
        TokenReader.whole(node, in -> promotion -> sides.put(id(promotion), both(in, promotion)));
        return sides;
    }

    /** The sides that stand here, by promotion. */
    Map<PromotionId, Sides> read(TokenReader in, String name) {
        Map<PromotionId, Sides> sides = new LinkedHashMap<>();
        in.object(name, promotion -> sides.put(id(promotion), both(in, promotion)));
        return sides;
    }

    /** To be checked once, not once for each change. */
    PromotionId id(String text) {
        return promotions.computeIfAbsent(text, PromotionId::new);
    }

    private static Sides both(TokenReader in, String promotion) {
        Both both = new Both(in);
        in.object(promotion, both);
        return both.sides();
    }

    private static final class Both implements TokenReader.Member {
        private final TokenReader in;
        private SideJson.@Nullable Told column;
        private SideJson.@Nullable Told document;
        private Parent parent = Parent.NOT_ASKED;

        Both(TokenReader in) {
            this.in = in;
        }

        @Override
        public void read(String name) {
            switch (name) {
                case "column" -> column = SideJson.parse(in, name);
                case "document" -> document = SideJson.parse(in, name);
                case "parent" -> parent = Members.constant(name, in.text(name), Parent.class);
                default -> {
                    // of a newer version
                }
            }
        }

        Sides sides() {
            if (column == null || document == null) {
                throw new MalformedJsonException(
                        "member \"" + (column == null ? "column" : "document") + "\" is missing");
            }
            return new Sides(column.side(), document.side(), parent, Reread.of(column.reread(), document.reread()));
        }
    }
}
