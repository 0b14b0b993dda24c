package io.promotionverifier.core.census;

import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Promotion;
import java.util.List;
import java.util.TreeSet;

/**
 * From where on the stream must know every row that disagrees: without it, a mismatched row that the census finds is
 * new knowledge; with it, one written later is a contradiction. So nothing is kept for rows that agree.
 *
 * @param transaction row versions written by this transaction or a later one were shown by the stream
 * @param doubts how many changes the stream could not judge, or explained, until then: a later one may be any row
 * @param rules what the promotion was judged by
 */
public record Baseline(long transaction, long doubts, String rules) {
    /** All that an outcome depends on besides the row, as one text that is the same in every process. */
    public static String rules(Promotion promotion) {
        DocumentPath from = promotion.from();
        Object allowed = promotion.domain().allowed().<Object>map(TreeSet::new).orElse("all");
        List<String> waivers = promotion.waivers().stream()
                .map(waiver -> waiver.until() + "=" + new TreeSet<>(waiver.keys()))
                .toList();
        return String.join(
                "|",
                promotion.phase().name(),
                from.column(),
                from.keys().toString(),
                promotion.to(),
                promotion.type().sqlName(),
                allowed.toString(),
                String.valueOf(promotion.domain().othersStayNull()),
                promotion.references().map(parent -> parent.table().toString()).orElse(""),
                waivers.toString(),
                promotion.policy().session().toString());
    }
}
