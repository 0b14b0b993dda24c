package io.promotionverifier.kafka.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.kafka.Sample;
import io.promotionverifier.kafka.json.FindingJson;
import io.promotionverifier.kafka.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which findings are listed, and in which order. */
final class FindingListTest {
    private static final RowKey OTHER = new RowKey("{\"a\": 1, \"b\": \"x\"}");

    @Test
    void theLatestRecordOfEachIdIsListedInTheOrderOfFirstAppearance() {
        assertThat(list(FindingFilter.ALL)).containsExactly("f1 resolved", "f2 confirmed", "f3 suspected");
    }

    @Test
    void statesKeysAndPromotionsFilter() {
        assertThat(list(FindingFilter.ALL.in(FindingState.CONFIRMED, FindingState.SUSPECTED)))
                .containsExactly("f2 confirmed", "f3 suspected");
        assertThat(list(FindingFilter.ALL.in(FindingState.RESOLVED))).containsExactly("f1 resolved");
        assertThat(list(FindingFilter.ALL.withKey("88213"))).containsExactly("f1 resolved", "f3 suspected");
        assertThat(list(FindingFilter.ALL.withKey("{\"b\":\"x\",\"a\":1}"))).containsExactly("f2 confirmed");
        assertThat(list(FindingFilter.ALL.withKey("not json"))).isEmpty();
        assertThat(list(FindingFilter.ALL.of(new PromotionId("PROMO-002")))).isEmpty();
        assertThat(list(since(Sample.TIME))).hasSize(3);
        assertThat(list(since(Sample.TIME.plusSeconds(1)))).isEmpty();
    }

    private static FindingFilter since(Instant from) {
        return new FindingFilter(
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.of(from),
                Optional.empty(),
                10,
                Optional.empty());
    }

    @Test
    void pagesFollowEachOther() {
        assertThat(list(FindingFilter.ALL.page(Optional.empty(), 2))).containsExactly("f1 resolved", "f2 confirmed");
        assertThat(list(FindingFilter.ALL.page(Optional.of("f2"), 2))).containsExactly("f3 suspected");
        assertThat(list(FindingFilter.ALL.in(FindingState.CONFIRMED).page(Optional.of("f1"), 2)))
                .as("behind one that is not listed any more")
                .containsExactly("f2 confirmed");
        assertThatThrownBy(() -> list(FindingFilter.ALL.page(Optional.of("f9"), 2)))
                .isInstanceOf(NoSuchFindingException.class)
                .hasMessageContaining("f9");
    }

    @Test
    void whatAnEarlierGenerationLeftOpenIsNotListed() {
        FindingFilter second = FindingFilter.ALL.ofGeneration(Optional.of(2L));
        ObjectNode left = told("PROMO-001:1:0/10:0", Sample.KEY, FindingState.CONFIRMED);
        ObjectNode own = told("PROMO-001:2:0/20:0", Sample.KEY, FindingState.CONFIRMED);
        FindingList list = new FindingList(second);
        list.accept(0, left);
        list.accept(1, own);
        assertThat(list.offsets()).containsExactly(1L);
    }

    private static List<String> list(FindingFilter filter) {
        FindingList list = new FindingList(filter);
        List<ObjectNode> topic = List.of(
                told("f1", Sample.KEY, FindingState.SUSPECTED),
                told("f2", OTHER, FindingState.SUSPECTED),
                told("f1", Sample.KEY, FindingState.CONFIRMED),
                told("f1", Sample.KEY, FindingState.RESOLVED),
                told("f2", OTHER, FindingState.CONFIRMED),
                told("f3", Sample.KEY, FindingState.SUSPECTED));
        for (int offset = 0; offset < topic.size(); offset++) {
            list.accept(offset, topic.get(offset));
        }
        return list.offsets().stream()
                .map(offset -> topic.get(offset.intValue()))
                .map(finding ->
                        finding.get("id").asText() + " " + finding.get("state").asText())
                .toList();
    }

    private static ObjectNode told(String id, RowKey key, FindingState state) {
        return Json.parse(Json.bytes(FindingJson.of(Sample.finding(id, key, state, 0))));
    }
}
