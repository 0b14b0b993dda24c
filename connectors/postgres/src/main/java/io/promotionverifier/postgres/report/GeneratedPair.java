package io.promotionverifier.postgres.report;

import io.promotionverifier.core.promotion.ColumnType.Kind;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.Waiver;
import io.promotionverifier.core.sql.Identifiers;
import io.promotionverifier.postgres.catalog.ParentKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The report pair that every promotion has without asking: how many rows hold each value, once by the column and once
 * by the document. Rows that the promotion explains are left out, and rows written lately too, so that a write split
 * over two transactions never shows. Immutable.
 */
public final class GeneratedPair {
    private final Promotion promotion;
    private final List<String> keyColumns;
    private final Optional<ParentKey> parent;
    private final ValueSql values;
    private final String column;

    private GeneratedPair(Promotion promotion, List<String> keyColumns, Optional<ParentKey> parent) {
        this.promotion = promotion;
        this.keyColumns = List.copyOf(keyColumns);
        this.parent = parent;
        this.values =
                new ValueSql(promotion.type(), promotion.policy().session().serverMajor());
        this.column = "t." + Identifiers.quoted(promotion.to());
    }

    /**
     * The pair of a promotion; absent where {@link #reasonAgainst} names a reason.
     *
     * @param keyColumns the names of the table's key columns
     * @param parent where the promotion's parents are looked up, if it has any
     */
    public static Optional<GeneratedPair> of(Promotion promotion, List<String> keyColumns, Optional<ParentKey> parent) {
        return reasonAgainst(promotion).isPresent()
                ? Optional.empty()
                : Optional.of(new GeneratedPair(promotion, keyColumns, parent));
    }

    /** Why a promotion has no generated pair, if so. */
    public static Optional<String> reasonAgainst(Promotion promotion) {
        return switch (promotion.phase()) {
            case A -> Optional.of("in phase A the column is not complete yet");
            case C -> Optional.of("in phase C the document does not hold the value any more");
            case B ->
                promotion.from().keys().isEmpty()
                        ? Optional.of("a whole column is promoted, not a key of a document")
                        : new ValueSql(
                                        promotion.type(),
                                        promotion.policy().session().serverMajor())
                                .reasonAgainst();
        };
    }

    /** The report's name. */
    public String id() {
        return promotion.id() + "-default";
    }

    /**
     * Both queries, over the rows that were last written before a transaction.
     *
     * @param horizon an xid, as {@link ReportReader#horizon} told it a grace ago
     */
    public ReportPair over(String horizon) {
        String scope = "age(t.xmin) > age(" + Identifiers.literal(horizon) + "::xid)" + notWaived();
        return new ReportPair(
                id(),
                counted(values.ofColumn(column), scope + " AND " + values.isPresent(column)),
                counted(ofDocument(), scope + " AND " + values.isPresent(document()) + explained()),
                promotion.policy().session().zone());
    }

    private String counted(String value, String condition) {
        return "SELECT " + value + " AS value, count(*) AS rows FROM " + Identifiers.quoted(promotion.table())
                + " AS t WHERE " + condition + " GROUP BY 1";
    }

    private String ofDocument() {
        return promotion.type().kind() == Kind.JSONB ? values.ofColumn(document()) : values.ofText(document());
    }

    /** The value as text, or as jsonb where the column is of that type. */
    private String document() {
        String path = promotion.from().keys().stream()
                .map(Identifiers::literal)
                .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
        String document = "t." + Identifiers.quoted(promotion.from().column());
        return promotion.type().kind() == Kind.JSONB
                ? "(" + document + " #> " + path + ")::jsonb"
                : "(" + document + " #>> " + path + ")";
    }

    private String notWaived() {
        return promotion.waivers().stream().map(this::notWaived).collect(Collectors.joining());
    }

    private String notWaived(Waiver waiver) {
        String key = keyColumns.stream()
                .map(name -> Identifiers.literal(name) + ", t." + Identifiers.quoted(name))
                .collect(Collectors.joining(", ", "jsonb_build_object(", ")"));
        String keys = waiver.keys().stream()
                .map(row -> Identifiers.literal(row.json()) + "::jsonb")
                .collect(Collectors.joining(", "));
        return keys.isEmpty()
                ? ""
                : " AND NOT (now() < " + Identifiers.literal(waiver.until().toString()) + "::timestamptz AND " + key
                        + " IN (" + keys + "))";
    }

    /** Rows without column value whose document value is left alone on purpose. */
    private String explained() {
        return notPromoted() + parentGone();
    }

    private String notPromoted() {
        if (!promotion.domain().othersStayNull()) {
            return "";
        }
        String promoted = promotion
                .domain()
                .allowed()
                .map(allowed -> allowed.stream()
                        .sorted()
                        .map(text -> values.ofText(Identifiers.literal(text) + "::text"))
                        .collect(Collectors.joining(", ", ofDocument() + " IN (", ")")))
                .orElseGet(() -> ofDocument() + " <> " + values.uncastable());
        return " AND NOT (" + column + " IS NULL AND NOT (" + promoted + "))";
    }

    private String parentGone() {
        if (parent.isEmpty()) {
            return "";
        }
        ParentKey key = parent.get();
        String gone = values.cast(document(), key.castName())
                .map(value -> " AND NOT EXISTS (SELECT 1 FROM " + Identifiers.quoted(key.table()) + " AS p WHERE p."
                        + Identifiers.quoted(key.column()) + " = " + value + ")")
                .orElse("");
        return " AND NOT (" + column + " IS NULL" + gone + ")";
    }
}
