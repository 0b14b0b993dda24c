package io.promotionverifier.kafka.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.MalformedJsonException;
import io.promotionverifier.kafka.json.Members;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which findings are asked for; the empty filter asks for all.
 *
 * @param promotion of one promotion only
 * @param states in one of these states now; empty for all
 * @param key of one row only: its key as a JSON object, or the bare value of a key of one column
 * @param since opened at or after
 * @param after those behind the finding of this id, in the order of the list
 * @param limit the most that are listed
 * @param generation of one generation only: what an earlier one left open, nobody watches any more
 */
public record FindingFilter(
        Optional<PromotionId> promotion,
        Set<FindingState> states,
        Optional<String> key,
        Optional<Instant> since,
        Optional<String> after,
        int limit,
        Optional<Long> generation) {
    /** All findings. */
    public static final FindingFilter ALL = new FindingFilter(
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Integer.MAX_VALUE,
            Optional.empty());

    public FindingFilter {
        states = Set.copyOf(states);
    }

    /** The same for one promotion. */
    public FindingFilter of(PromotionId only) {
        return new FindingFilter(Optional.of(only), states, key, since, after, limit, generation);
    }

    /** The same for some states. */
    public FindingFilter in(FindingState first, FindingState... more) {
        return new FindingFilter(promotion, EnumSet.of(first, more), key, since, after, limit, generation);
    }

    /** The same for one row. */
    public FindingFilter withKey(String json) {
        return new FindingFilter(promotion, states, Optional.of(json), since, after, limit, generation);
    }

    /** The same, at most so many, behind a finding. */
    public FindingFilter page(Optional<String> behind, int most) {
        return new FindingFilter(promotion, states, key, since, behind, most, generation);
    }

    /** The same for one generation. */
    public FindingFilter ofGeneration(Optional<Long> only) {
        return new FindingFilter(promotion, states, key, since, after, limit, only);
    }

    /** True when nothing that can still happen to the finding takes it out of the list, but its state. */
    boolean mayList(JsonNode finding) {
        String own = Members.text(finding, "promotion");
        return promotion.map(id -> id.value().equals(own)).orElse(true)
                && generation
                        .map(number -> Members.text(finding, "id").startsWith(Finding.idBegin(own, number)))
                        .orElse(true)
                && key.map(wanted -> isKey(Members.member(finding, "key"), wanted))
                        .orElse(true)
                && since.map(from -> !Members.time(Members.member(finding, "opened"), "commit_time")
                                .isBefore(from))
                        .orElse(true);
    }

    boolean listsState(FindingState state) {
        return states.isEmpty() || states.contains(state);
    }

    /**
     * Whether a row key is the one that somebody typed.
     *
     * @param wanted its JSON object, or the bare value of a key of one column
     */
    public static boolean isKey(JsonNode found, String wanted) {
        try {
            JsonNode object = Json.parse(wanted);
            if (object.isObject()) {
                return found.equals(object);
            }
        } catch (MalformedJsonException bareText) {
            return isOnly(found, wanted);
        }
        return isOnly(found, wanted);
    }

    private static boolean isOnly(JsonNode found, String bare) {
        if (found.size() != 1) {
            return false;
        }
        JsonNode value = found.elements().next();
        return value.asText().equals(bare) || value.toString().equals(bare);
    }
}
