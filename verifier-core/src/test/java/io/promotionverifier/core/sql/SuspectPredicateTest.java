package io.promotionverifier.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.ColumnType.Kind;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.sql.SuspectPredicate.Compared;
import io.promotionverifier.core.sql.SuspectPredicate.Form;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may stand in a publication's row filter; that it is right, PostgreSQL itself says. */
class SuspectPredicateTest {
    private static final Set<Kind> COMPARED = EnumSet.of(
            Kind.TEXT,
            Kind.VARCHAR,
            Kind.CHAR,
            Kind.BOOLEAN,
            Kind.SMALLINT,
            Kind.INTEGER,
            Kind.BIGINT,
            Kind.NUMERIC,
            Kind.UUID,
            Kind.TIME,
            Kind.TIMETZ,
            Kind.JSONB);

    private static Compared compared(ColumnType type, Phase phase) {
        return new Compared(
                new DocumentPath("metadata", List.of("ui", "o'clock")), "priority", type, phase, Optional.empty());
    }

    private static ColumnType typed(Kind kind) {
        return kind == Kind.ARRAY
                ? ColumnType.array("text[]", ColumnType.of(Kind.TEXT, "text"))
                : ColumnType.of(kind, "some_type");
    }

    @ParameterizedTest
    @EnumSource
    void whatASessionOrTheCatalogPrintsIsSentWhole(Kind kind) {
        assertThat(SuspectPredicate.rowFilter(compared(typed(kind), Phase.B), Form.JSONB)
                        .isPresent())
                .isEqualTo(COMPARED.contains(kind));
    }

    @ParameterizedTest
    @EnumSource
    void inPhaseCOnlyTheDocumentIsLookedAt(Kind kind) {
        assertThat(SuspectPredicate.rowFilter(compared(typed(kind), Phase.C), Form.JSONB))
                .hasValue("(\"metadata\" #> ARRAY['ui', 'o''clock']::text[]) IS NOT NULL");
    }

    @Test
    void aNumberIsPrintedByTheServersOwnOutputFunction() {
        assertThat(SuspectPredicate.rowFilter(compared(typed(Kind.INTEGER), Phase.B), Form.JSONB))
                .hasValue("(textin(int4out(\"priority\")) COLLATE \"C\" IS DISTINCT FROM (\"metadata\" #>>"
                        + " ARRAY['ui', 'o''clock']::text[]) COLLATE \"C\")");
    }

    @Test
    void aDocumentWhoseValuesCannotBeTakenOutSafelyIsSentWhole() {
        assertThat(SuspectPredicate.rowFilter(compared(typed(Kind.TEXT), Phase.B), Form.JSON))
                .isEmpty();
        assertThat(SuspectPredicate.rowFilter(compared(typed(Kind.TEXT), Phase.B), Form.PLAIN))
                .isEmpty();
    }
}
