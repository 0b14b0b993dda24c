package io.promotionverifier.core.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.Parent;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.Unreadable;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.ColumnType.Kind;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.Waiver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What two sides are to each other, phase by phase. */
final class ComparatorTest {
    private static final ColumnType INTEGER = ColumnType.of(Kind.INTEGER, "integer");
    private static final RowKey KEY = new RowKey("{\"id\": 17}");
    private static final Instant NOON = Instant.parse("2025-01-15T12:00:00Z");

    // In the tables a side is an integer's text, a form of absence, or a reason why it cannot be read.

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            42      | 42            | MATCHED
            42      | 042           | MATCHED
            42      | 7             | VALUE_DIFFERS
            42      | forty         | UNCASTABLE
            42      | 42.0          | UNCASTABLE
            null    | 42            | COLUMN_MISSING
            null    | forty         | UNCASTABLE
            42      | missing_key   | DOCUMENT_MISSING
            42      | json_null     | DOCUMENT_MISSING
            42      | null_document | DOCUMENT_MISSING
            null    | missing_key   | ABSENT
            null    | json_null     | ABSENT
            null    | null_document | ABSENT
            """)
    void inPhaseBBothSidesMustAgree(String column, String document, String outcome) {
        assertThat(judge(Promotions.of(Phase.B, INTEGER), reading(column, document)))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            42      | 42            | MATCHED
            42      | 7             | VALUE_DIFFERS
            42      | forty         | UNCASTABLE
            null    | 42            | BACKFILL_PENDING
            null    | forty         | UNCASTABLE
            42      | missing_key   | DOCUMENT_MISSING
            null    | missing_key   | ABSENT
            """)
    void inPhaseAAMissingColumnIsProgressAndNothingElseIs(String column, String document, String outcome) {
        assertThat(judge(Promotions.of(Phase.A, INTEGER), reading(column, document)))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            42      | missing_key   | MATCHED
            42      | null_document | MATCHED
            null    | missing_key   | ABSENT
            42      | 42            | KEY_REAPPEARED
            42      | 7             | KEY_REAPPEARED
            42      | forty         | KEY_REAPPEARED
            42      | json_null     | KEY_REAPPEARED
            null    | 42            | KEY_REAPPEARED
            toast   | 42            | KEY_REAPPEARED
            """)
    void inPhaseCTheKeyMustBeGone(String column, String document, String outcome) {
        assertThat(judge(Promotions.of(Phase.C, INTEGER), reading(column, document)))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A | 42     | toast       | TOAST
            B | 42     | toast       | TOAST
            C | 42     | toast       | TOAST
            B | 42     | limit       | LIMIT
            B | schema | 42          | SCHEMA
            B | schema | missing_key | SCHEMA
            C | schema | missing_key | SCHEMA
            B | toast  | limit       | TOAST
            """)
    void whatCannotBeReadIsNeitherGoodNorBad(Phase phase, String column, String document, String outcome) {
        assertThat(judge(Promotions.of(phase, INTEGER), reading(column, document)))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            42    | SCHEMA
            forty | SCHEMA
            other | SCHEMA
            """)
    void aColumnWhoseOwnTypeRefusesItsValueHasAnotherTypeByNow(String document, String outcome) {
        assertThat(judge(Promotions.of(Phase.B, INTEGER), reading("forty", document)))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            null         | json_null   | ABSENT
            null         | missing_key | ABSENT
            'null'       | json_null   | ABSENT
            'null'       | missing_key | ABSENT
            'null'       | "x"         | COLUMN_MISSING
            "x"          | json_null   | DOCUMENT_MISSING
            {"a": null}  | {"a":null}  | MATCHED
            {"a": null}  | {}          | VALUE_DIFFERS
            """)
    void jsonNullInAJsonbColumnIsNoValue(String column, String document, String outcome) {
        ColumnValue held =
                column.equals("null") ? new ColumnValue.Null() : new ColumnValue.Present(column.replace("'", ""));
        DocumentValue shown = document.endsWith("l") || document.endsWith("y")
                ? document(document)
                : new DocumentValue.Present(DocumentValue.Shape.OBJECT, document);

        assertThat(judge(Promotions.of(Phase.B, ColumnType.of(Kind.JSONB, "jsonb")), new Reading(held, shown)))
                .isEqualTo(outcome);
    }

    @Test
    void aVolatileValueIsUnverifiableUntilItShouldBeGone() {
        ColumnType type = ColumnType.of(Kind.TIMESTAMPTZ, "timestamp with time zone");
        Reading reading = reading("2025-01-15 12:00:00+00", "now");

        assertThat(judge(Promotions.of(Phase.B, type), reading)).isEqualTo("VOLATILE");
        assertThat(judge(Promotions.of(Phase.C, type), reading)).isEqualTo("KEY_REAPPEARED");
    }

    @Test
    void aValueTooLargeToComputeIsUnverifiable() {
        Reading reading = reading("1", "0x" + "f".repeat(20_000));

        assertThat(judge(Promotions.of(Phase.B, ColumnType.of(Kind.NUMERIC, "numeric")), reading))
                .isEqualTo("LIMIT");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mismatch    | 1    | 1     | MATCHED
            mismatch    | 1    | 01    | MATCHED
            mismatch    | 1    | 2     | VALUE_DIFFERS
            mismatch    | 2    | 2     | MATCHED
            mismatch    | 3    | 3     | OUT_OF_DOMAIN
            mismatch    | 1    | 3     | OUT_OF_DOMAIN
            mismatch    | null | 3     | OUT_OF_DOMAIN
            mismatch    | 3    | 1     | VALUE_DIFFERS
            mismatch    | null | forty | UNCASTABLE
            expect-null | null | 3     | NOT_PROMOTED
            expect-null | null | forty | NOT_PROMOTED
            expect-null | 3    | 3     | OUT_OF_DOMAIN
            expect-null | 1    | forty | UNCASTABLE
            expect-null | null | 1     | COLUMN_MISSING
            """)
    void aDocumentValueOutsideTheDomainIsAMismatchUnlessItsColumnIsLeftNullOnPurpose(
            String others, String column, String document, String outcome) {
        Promotion promotion = Promotions.withDomain(Phase.B, INTEGER, others.equals("expect-null"), "1", " 2 ");

        assertThat(judge(promotion, reading(column, document))).isEqualTo(outcome);
    }

    @Test
    void anAllowedValueThatIsNoneOfTheTypeIsAConfigurationError() {
        Promotion promotion = Promotions.withDomain(Phase.B, INTEGER, false, "1", "low");

        assertThatThrownBy(() -> new Comparator(promotion, ValueSeal.PLAIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("P-1")
                .hasMessageContaining("integer")
                .hasMessageContaining("low");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NOT_ASKED | null | 42 | COLUMN_MISSING
            PRESENT   | null | 42 | COLUMN_MISSING
            GONE      | null | 42 | FK_NULLED
            UNKNOWN   | null | 42 | PARENT
            GONE      | 7    | 42 | VALUE_DIFFERS
            GONE      | 42   | 42 | MATCHED
            """)
    void aClearedColumnIsExplainedOnlyByAParentThatIsGone(
            Parent parent, String column, String document, String outcome) {
        Reading reading = reading(column, document).with(parent);

        assertThat(judge(Promotions.of(Phase.B, INTEGER), reading)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A | null | 42          | false
            B | null | 42          | true
            C | null | 42          | false
            B | 42   | 42          | false
            B | null | missing_key | false
            B | null | toast       | false
            """)
    void theParentIsAskedForOnlyWhereTheAnswerDecides(Phase phase, String column, String document, boolean asks) {
        Comparator comparator = new Comparator(Promotions.of(phase, INTEGER), ValueSeal.PLAIN);

        assertThat(comparator.asksForParent(reading(column, document))).isEqualTo(asks);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            42     | 42          | false
            null   | missing_key | false
            toast  | 42          | true
            42     | toast       | true
            schema | 42          | false
            42     | limit       | false
            """)
    void theRowIsAskedForOnlyWhereItsValueIsNotInTheLog(String column, String document, boolean asks) {
        Comparator comparator = new Comparator(Promotions.of(Phase.B, INTEGER), ValueSeal.PLAIN);

        assertThat(comparator.asksForRow(reading(column, document))).isEqualTo(asks);
    }

    @Test
    void anAllowedValueIsToldAsItIsConfigured() {
        Comparator some = new Comparator(Promotions.withDomain(Phase.B, INTEGER, false, "1", " 2 "), ValueSeal.PLAIN);
        Comparator all = new Comparator(Promotions.of(Phase.B, INTEGER), ValueSeal.PLAIN);

        assertThat(some.allowedValue(some.sides(reading("7", "+2")))).contains(" 2 ");
        assertThat(some.allowedValue(some.sides(reading("7", "3")))).isEmpty();
        assertThat(some.allowedValue(some.sides(reading("7", "missing_key")))).isEmpty();
        assertThat(all.allowedValue(all.sides(reading("7", "2")))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void aWaiverExplainsTheMismatchesOfItsRowsUntilItExpires(Phase phase) {
        Waiver waiver = new Waiver(Set.of(KEY), "legacy import", "ana", NOON);
        Promotion promotion = Promotions.of(phase, INTEGER, Promotion.Domain.ALL, List.of(waiver));
        Reading differs = reading("42", "7");
        String unwaived = phase == Phase.C ? "KEY_REAPPEARED" : "VALUE_DIFFERS";

        assertThat(judge(promotion, differs, KEY, NOON.minusNanos(1))).isEqualTo("WAIVED");
        assertThat(judge(promotion, differs, KEY, NOON)).isEqualTo(unwaived);
        assertThat(judge(promotion, differs, new RowKey("{\"id\": 18}"), NOON.minusNanos(1)))
                .isEqualTo(unwaived);
    }

    @Test
    void aWaiverExplainsNothingButMismatches() {
        Waiver waiver = new Waiver(Set.of(KEY), "legacy import", "ana", NOON);
        Promotion promotion = Promotions.of(Phase.B, INTEGER, Promotion.Domain.ALL, List.of(waiver));
        Instant before = NOON.minusNanos(1);

        assertThat(judge(promotion, reading("42", "42"), KEY, before)).isEqualTo("MATCHED");
        assertThat(judge(promotion, reading("42", "toast"), KEY, before)).isEqualTo("TOAST");
        assertThat(judge(promotion, reading("null", "42").with(Parent.GONE), KEY, before))
                .isEqualTo("FK_NULLED");
    }

    @Test
    void sealedSidesAreJudgedLikePlainOnes() {
        ValueSeal digest = text -> new SealedValue(Integer.toHexString(text.hashCode()), text.length(), false);
        Comparator comparator = new Comparator(Promotions.withDomain(Phase.B, INTEGER, false, "42"), digest);

        Sides sides = comparator.sides(reading("42", "+42"));

        assertThat(sides.document()).isEqualTo(new Side.Known(digest.seal("42")));
        assertThat(comparator.judge(sides, KEY, NOON)).isEqualTo(new Outcome.Matched());
    }

    @Test
    void theSameTextInAnotherShapeIsAnotherValueOfJsonb() {
        Promotion jsonb = Promotions.of(Phase.B, ColumnType.of(Kind.JSONB, "jsonb"));
        assertThat(judge(jsonb, shaped("7", DocumentValue.Shape.NUMBER))).isEqualTo("MATCHED");
        assertThat(judge(jsonb, shaped("7", DocumentValue.Shape.STRING))).isEqualTo("VALUE_DIFFERS");
    }

    private static Reading shaped(String text, DocumentValue.Shape shape) {
        return new Reading(new ColumnValue.Present(text), new DocumentValue.Present(shape, text));
    }

    @Test
    void sidesThatAgreeAreSealedOnceAndSidesThatDoNotEachForItself() {
        List<String> sealed = new ArrayList<>();
        Comparator comparator = new Comparator(Promotions.of(Phase.B, INTEGER), canonical -> {
            sealed.add(canonical);
            return ValueSeal.PLAIN.seal(canonical);
        });
        comparator.sides(reading("42", "042"));
        comparator.sides(reading("42", "forty"));
        comparator.sides(reading("forty", "forty"));
        assertThat(sealed).containsExactly("42", "42", "forty", "forty", "forty");
    }

    private static Reading reading(String column, String document) {
        return new Reading(column(column), document(document));
    }

    private static ColumnValue column(String cell) {
        return switch (cell) {
            case "null" -> new ColumnValue.Null();
            case "toast" -> new ColumnValue.Unavailable(Unreadable.TOAST);
            case "schema" -> new ColumnValue.Unavailable(Unreadable.SCHEMA);
            default -> new ColumnValue.Present(cell);
        };
    }

    private static DocumentValue document(String cell) {
        return switch (cell) {
            case "missing_key" -> new DocumentValue.Absent(DocumentValue.Absence.MISSING_KEY);
            case "json_null" -> new DocumentValue.Absent(DocumentValue.Absence.JSON_NULL);
            case "null_document" -> new DocumentValue.Absent(DocumentValue.Absence.NULL_DOCUMENT);
            case "toast" -> new DocumentValue.Unavailable(Unreadable.TOAST);
            case "limit" -> new DocumentValue.Unavailable(Unreadable.LIMIT);
            default -> new DocumentValue.Present(DocumentValue.Shape.STRING, cell);
        };
    }

    private static String judge(Promotion promotion, Reading reading) {
        return judge(promotion, reading, KEY, NOON);
    }

    private static String judge(Promotion promotion, Reading reading, RowKey key, Instant commitTime) {
        Comparator comparator = new Comparator(promotion, ValueSeal.PLAIN);
        return name(comparator.judge(comparator.sides(reading), key, commitTime));
    }

    /** The kind or reason of an outcome, or its own name. */
    private static String name(Outcome outcome) {
        if (outcome instanceof Outcome.Mismatched mismatched) {
            return mismatched.kind().name();
        }
        if (outcome instanceof Outcome.Explained explained) {
            return explained.reason().name();
        }
        if (outcome instanceof Outcome.Unverifiable unverifiable) {
            return unverifiable.reason().name();
        }
        return outcome instanceof Outcome.Matched ? "MATCHED" : "ABSENT";
    }
}
