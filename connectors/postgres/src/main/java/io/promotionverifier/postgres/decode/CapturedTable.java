package io.promotionverifier.postgres.decode;

import io.promotionverifier.core.change.TableName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A table whose changes are captured.
 *
 * @param name its name; for a partitioned table the root's
 * @param key its primary key
 * @param promotions what is compared in its rows, in the order of the configuration
 * @param screened true if the server compares first: an insert may be an update then, and a delete too
 */
public record CapturedTable(TableName name, List<KeyPart> key, List<CapturedPromotion> promotions, boolean screened) {
    /** A table of which every change is sent. */
    public CapturedTable(TableName name, List<KeyPart> key, List<CapturedPromotion> promotions) {
        this(name, key, promotions, false);
    }

    /** @throws IllegalArgumentException if the key is empty */
    public CapturedTable {
        key = List.copyOf(key);
        promotions = List.copyOf(promotions);
        if (key.isEmpty()) {
            throw new IllegalArgumentException(name + " has no primary key: its rows cannot be told apart");
        }
    }

    /** The columns that are captured: of the key, promoted ones and documents, each once. */
    public Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        key.forEach(part -> columns.add(part.name()));
        for (CapturedPromotion promotion : promotions) {
            columns.add(promotion.column());
            columns.add(promotion.from().column());
        }
        return columns;
    }
}
