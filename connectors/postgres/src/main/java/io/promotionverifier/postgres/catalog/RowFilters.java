package io.promotionverifier.postgres.catalog;

import io.promotionverifier.core.change.TableName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The row filters that the publication needs, and whether it has them.
 *
 * @param wanted the WHERE clause of each table of which only suspects are sent, without the parentheses around it
 * @param whole why every change is sent of the other tables whose promotions are screened
 * @param standing the tables whose clause in the publication is, to the server, the wanted one
 */
public record RowFilters(Map<TableName, String> wanted, Map<TableName, String> whole, Set<TableName> standing) {
    /** No table has a row filter: every change is sent. */
    public static final RowFilters NONE = new RowFilters(Map.of(), Map.of(), Set.of());

    public RowFilters {
        wanted = Map.copyOf(wanted);
        whole = Map.copyOf(whole);
        standing = Set.copyOf(standing);
    }

    /** The WHERE clause that a table needs; absent for one of which every change is sent. */
    public Optional<String> of(TableName table) {
        return Optional.ofNullable(wanted.get(table));
    }

    /** True if an entry of the publication sends exactly the rows that are wanted. */
    public boolean fit(PublicationDescription.Member member) {
        return wanted.containsKey(member.table()) ? standing.contains(member.table()) : !member.filtered();
    }
}
