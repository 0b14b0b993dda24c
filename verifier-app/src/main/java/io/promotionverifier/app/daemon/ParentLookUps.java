package io.promotionverifier.app.daemon;

import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.Parent;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.catalog.ParentKey;
import io.promotionverifier.postgres.reread.ParentReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database for the parents of a batch's rows, one query for each parent table. A look-up that fails, or that
 * cannot see yet what the row's own transaction did, says {@link Parent#UNKNOWN}: {@code UNVERIFIABLE(PARENT)}, never a
 * mismatch that may be none.
 */
final class ParentLookUps implements LookUps {
    private static final Logger LOG = LoggerFactory.getLogger(ParentLookUps.class);

    private final ParentReader reader;
    private final Visibility visibility;
    private final Map<TableName, List<Optional<ParentKey>>> keys = new HashMap<>();

    ParentLookUps(
            ParentReader reader,
            Visibility visibility,
            List<Promotion> promotions,
            Map<PromotionId, ParentKey> parents) {
        this.reader = reader;
        this.visibility = visibility;
        for (Promotion promotion : promotions) {
            keys.computeIfAbsent(promotion.table(), t -> new ArrayList<>())
                    .add(Optional.ofNullable(parents.get(promotion.id())));
        }
    }

    /** A reading that needs an answer: its row and its place there. */
    private record Asked(int arrival, int reading, long transaction, ParentKey parent, String value) {}

    @Override
    public List<Arrival> answer(VerifierCore core, List<Arrival> arrivals) {
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < arrivals.size(); i++) {
            if (arrivals.get(i) instanceof Arrival.Row row) {
                collect(i, row, core.asksForParent(row), asked);
            }
        }
        return asked.isEmpty() ? arrivals : answered(arrivals, asked);
    }

    private void collect(int arrival, Arrival.Row row, List<Integer> readings, List<Asked> asked) {
        RowEvent event = row.event();
        for (int reading : readings) {
            Optional<ParentKey> parent =
                    keys.getOrDefault(event.table(), List.of()).get(reading);
            if (parent.isPresent()
                    && event.readings().get(reading).document() instanceof DocumentValue.Present present) {
                asked.add(new Asked(arrival, reading, row.transaction(), parent.get(), present.text()));
            }
        }
    }

    private List<Arrival> answered(List<Arrival> arrivals, List<Asked> asked) {
        Predicate<Asked> invisible = invisible(asked);
        Map<ParentKey, Set<String>> values = new LinkedHashMap<>();
        asked.forEach(each ->
                values.computeIfAbsent(each.parent(), p -> new HashSet<>()).add(each.value()));
        Map<ParentKey, Optional<Set<String>>> existing = new HashMap<>();
        values.forEach((parent, wanted) -> existing.put(parent, existing(parent, wanted)));
        List<Arrival> answered = new ArrayList<>(arrivals);
        for (Asked each : asked) {
            Arrival.Row row = (Arrival.Row) answered.get(each.arrival());
            Parent answer = existing.getOrDefault(each.parent(), Optional.empty())
                    .map(found -> found.contains(each.value()) ? Parent.PRESENT : Parent.GONE)
                    .filter(known -> !invisible.test(each))
                    .orElse(Parent.UNKNOWN);
            answered.set(each.arrival(), with(row, each.reading(), answer));
        }
        return answered;
    }

    private Predicate<Asked> invisible(List<Asked> asked) {
        try {
            Set<Long> transactions = visibility.invisible(
                    asked.stream().map(Asked::transaction).collect(Collectors.toCollection(TreeSet::new)));
            return each -> transactions.contains(each.transaction());
        } catch (SourceException e) {
            LOG.warn("Nobody can say which commits a look-up sees, so nothing is explained by it: {}", e.getMessage());
            return each -> true;
        }
    }

    private Optional<Set<String>> existing(ParentKey parent, Set<String> values) {
        try {
            return Optional.of(reader.existing(parent, values));
        } catch (SourceException e) {
            LOG.warn(
                    "Parents in {} could not be looked up, so nothing is explained by them: {}",
                    parent.table(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static Arrival.Row with(Arrival.Row row, int index, Parent answer) {
        List<Reading> readings = new ArrayList<>(row.event().readings());
        readings.set(index, readings.get(index).with(answer));
        return row.with(row.event().with(readings));
    }
}
