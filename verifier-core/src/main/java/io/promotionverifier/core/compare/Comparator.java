package io.promotionverifier.core.compare;

import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.Unreadable;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.Waiver;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The judge of one promotion's row versions: brings both sides to the column's type and says what they are to each
 * other. Stateless but for its promotion; results depend on the arguments only.
 */
public final class Comparator {
    private static final Outcome MATCHED = new Outcome.Matched();
    private static final Outcome ABSENT = new Outcome.Absent();
    private static final Side JSON_NULL = new Side.Absent(DocumentValue.Absence.JSON_NULL);

    private final Promotion promotion;
    private final TypeRule rule;
    private final ValueSeal seal;
    private final Optional<Map<String, String>> allowed;

    /**
     * The judge of a promotion.
     *
     * @throws IllegalArgumentException if an allowed value is none of the column's type
     */
    public Comparator(Promotion promotion, ValueSeal seal) {
        this.promotion = promotion;
        this.rule = TypeRules.of(promotion.type(), promotion.policy().session());
        this.seal = seal;
        this.allowed = promotion.domain().allowed().map(this::allowedMarks);
    }

    /**
     * The judge of versions whose sides are sealed already: it knows the marks of the allowed values, and no value.
     *
     * @param allowedMarks as {@link #allowedMarks()} of the judge that sealed them tells
     */
    public Comparator(Promotion promotion, Optional<Set<String>> allowedMarks) {
        this.promotion = promotion;
        this.rule = TypeRules.of(promotion.type(), promotion.policy().session());
        this.seal = canonical -> {
            throw new IllegalStateException(promotion.id() + ": no value is left to be sealed");
        };
        this.allowed = allowedMarks.map(
                marks -> marks.stream().collect(Collectors.toUnmodifiableMap(mark -> mark, mark -> mark)));
    }

    /** The promotion whose versions are judged. */
    public Promotion promotion() {
        return promotion;
    }

    /** The marks of the allowed values; absent when every value of the type is allowed. */
    public Optional<Set<String>> allowedMarks() {
        return allowed.map(Map::keySet);
    }

    /** True when values are sealed as themselves. */
    public boolean isPlain() {
        return seal.seal("").plain();
    }

    private Map<String, String> allowedMarks(Set<String> texts) {
        Map<String, String> marks = new HashMap<>();
        for (String text : texts) {
            if (!(rule.canonical(text) instanceof Canonical.Known known)) {
                throw new IllegalArgumentException(promotion.id() + ": allowed value is not a "
                        + promotion.type().sqlName() + ": " + text);
            }
            marks.put(seal.seal(known.text()).mark(), text);
        }
        return Map.copyOf(marks);
    }

    /** Brings both sides of a reading to the column's type. */
    public Sides sides(Reading reading) {
        if (reading.column() instanceof ColumnValue.Present column
                && reading.document() instanceof DocumentValue.Present document) {
            return sides(reading, column.text(), document);
        }
        return new Sides(column(reading.column()), document(reading.document()), reading.parent(), reading.reread());
    }

    /** Most rows agree, so what is the same on both sides is made once; see ADR 0027. */
    private Sides sides(Reading reading, String text, DocumentValue.Present document) {
        Canonical ofColumn = rule.canonical(text);
        Canonical ofDocument = text.equals(document.text()) && !rule.heedsShape()
                ? ofColumn
                : rule.canonical(document.shape(), document.text());
        Side inColumn = side(text, ofColumn, new Side.Null());
        Side inDocument = ofColumn instanceof Canonical.Known && ofColumn.equals(ofDocument)
                ? inColumn
                : side(document.text(), ofDocument, JSON_NULL);
        return new Sides(inColumn, inDocument, reading.parent(), reading.reread());
    }

    private Side column(ColumnValue value) {
        if (value instanceof ColumnValue.Present present) {
            return side(present.text(), rule.canonical(present.text()), new Side.Null());
        }
        if (value instanceof ColumnValue.Unavailable unavailable) {
            return new Side.Unavailable(reason(unavailable.why()));
        }
        return new Side.Null();
    }

    private Side document(DocumentValue value) {
        if (value instanceof DocumentValue.Present present) {
            Canonical canonical = rule.canonical(present.shape(), present.text());
            return side(present.text(), canonical, JSON_NULL);
        }
        if (value instanceof DocumentValue.Absent absent) {
            return new Side.Absent(absent.form());
        }
        return new Side.Unavailable(reason(((DocumentValue.Unavailable) value).why()));
    }

    private Side side(String text, Canonical canonical, Side none) {
        if (canonical instanceof Canonical.Known known) {
            return new Side.Known(seal.seal(known.text()));
        }
        if (canonical instanceof Canonical.Absent) {
            return none;
        }
        if (canonical instanceof Canonical.Refused) {
            return new Side.Uncastable(seal.seal(text));
        }
        return new Side.Unavailable(
                canonical instanceof Canonical.Volatile ? UnverifiableReason.VOLATILE : UnverifiableReason.LIMIT);
    }

    private static UnverifiableReason reason(Unreadable why) {
        return switch (why) {
            case TOAST -> UnverifiableReason.TOAST;
            case SCHEMA -> UnverifiableReason.SCHEMA;
            case LIMIT -> UnverifiableReason.LIMIT;
        };
    }

    /** True when a side is not in the log and only a look at the row can tell it. */
    public boolean asksForRow(Reading reading) {
        return reading.lacksColumn() || reading.lacksDocument();
    }

    /** True when only a look-up of the referenced parent can tell whether the version is explained. */
    public boolean asksForParent(Reading reading) {
        return promotion.references().isPresent()
                && promotion.phase() == Phase.B
                && reading.column() instanceof ColumnValue.Null
                && reading.document() instanceof DocumentValue.Present;
    }

    /** What the sides are to each other, under the promotion's phase, domain and waivers. */
    public Outcome judge(Sides sides, RowKey key, Instant commitTime) {
        Outcome plain = promotion.phase() == Phase.C ? afterCutOver(sides) : compare(sides);
        if (plain instanceof Outcome.Mismatched && isWaived(key, commitTime)) {
            return new Outcome.Explained(ExplainedReason.WAIVED);
        }
        return plain;
    }

    private boolean isWaived(RowKey key, Instant commitTime) {
        for (Waiver waiver : promotion.waivers()) {
            if (waiver.keys().contains(key) && commitTime.isBefore(waiver.until())) {
                return true;
            }
        }
        return false;
    }

    private static Outcome afterCutOver(Sides sides) {
        // A volatile value is a value: the key is there, whatever it means.
        if (sides.document() instanceof Side.Unavailable unavailable
                && unavailable.reason() != UnverifiableReason.VOLATILE) {
            return new Outcome.Unverifiable(unavailable.reason());
        }
        if (!(sides.document() instanceof Side.Absent absent) || absent.form() == DocumentValue.Absence.JSON_NULL) {
            return new Outcome.Mismatched(MismatchKind.KEY_REAPPEARED);
        }
        if (sides.column() instanceof Side.Unavailable unavailable) {
            return new Outcome.Unverifiable(unavailable.reason());
        }
        return sides.column() instanceof Side.Null ? ABSENT : MATCHED;
    }

    private Outcome compare(Sides sides) {
        if (sides.column() instanceof Side.Unavailable unavailable) {
            return new Outcome.Unverifiable(unavailable.reason());
        }
        if (sides.document() instanceof Side.Unavailable unavailable) {
            return new Outcome.Unverifiable(unavailable.reason());
        }
        boolean columnNull = sides.column() instanceof Side.Null;
        if (sides.document() instanceof Side.Absent) {
            return columnNull ? ABSENT : new Outcome.Mismatched(MismatchKind.DOCUMENT_MISSING);
        }
        if (sides.document() instanceof Side.Known document) {
            return isOutOfDomain(document)
                    ? notPromoted(columnNull, MismatchKind.OUT_OF_DOMAIN)
                    : known(sides, document);
        }
        if (sides.column() instanceof Side.Uncastable) {
            return new Outcome.Unverifiable(UnverifiableReason.SCHEMA);
        }
        return notPromoted(columnNull, MismatchKind.UNCASTABLE);
    }

    /** The allowed value that a document holds, as it is configured; absent for others and without a domain. */
    public Optional<String> allowedValue(Sides sides) {
        return allowed.isPresent() && sides.document() instanceof Side.Known document
                ? Optional.ofNullable(allowed.get().get(document.value().mark()))
                : Optional.empty();
    }

    private boolean isOutOfDomain(Side.Known document) {
        return allowed.isPresent()
                && !allowed.get().containsKey(document.value().mark());
    }

    private Outcome notPromoted(boolean columnNull, MismatchKind otherwise) {
        return columnNull && promotion.domain().othersStayNull()
                ? new Outcome.Explained(ExplainedReason.NOT_PROMOTED)
                : new Outcome.Mismatched(otherwise);
    }

    private Outcome known(Sides sides, Side.Known document) {
        if (sides.column() instanceof Side.Known column) {
            return column.value().mark().equals(document.value().mark())
                    ? MATCHED
                    : new Outcome.Mismatched(MismatchKind.VALUE_DIFFERS);
        }
        if (sides.column() instanceof Side.Uncastable) {
            return new Outcome.Unverifiable(UnverifiableReason.SCHEMA);
        }
        if (promotion.phase() == Phase.A) {
            return new Outcome.Explained(ExplainedReason.BACKFILL_PENDING);
        }
        return switch (sides.parent()) {
            case GONE -> new Outcome.Explained(ExplainedReason.FK_NULLED);
            case UNKNOWN -> new Outcome.Unverifiable(UnverifiableReason.PARENT);
            case NOT_ASKED, PRESENT -> new Outcome.Mismatched(MismatchKind.COLUMN_MISSING);
        };
    }
}
