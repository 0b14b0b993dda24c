package io.promotionverifier.core.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.promotionverifier.core.change.DocumentValue.Shape;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.ColumnType.Kind;
import io.promotionverifier.core.promotion.SessionRules;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rule of each type, by the lines of {@code src/test/resources/compare/TYPE.cases}: add a line, add a test. */
final class TypeRulesTest {
    private static final SessionRules SESSION = new SessionRules(17, Optional.empty());

    private static List<RuleCase> cases(Kind kind) {
        String name = "/compare/" + kind.name().toLowerCase(Locale.ROOT) + ".cases";
        try (InputStream file = Objects.requireNonNull(TypeRulesTest.class.getResourceAsStream(name), name);
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> RuleCase.parse(kind, line))
                    .toList();
        } catch (IOException failure) {
            throw new AssertionError(name, failure);
        }
    }

    /** One test for all lines of a type: a mutation run asks each of thousands of broken rules all of them. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void aTextIsWhatPostgresqlMakesOfIt(Kind kind) {
        assertAll(cases(kind).stream().map(given -> () -> judge(given)));
    }

    private static void judge(RuleCase given) {
        TypeRule rule = TypeRules.of(given.type(), given.session());

        Canonical actual = given.shape().isPresent()
                ? rule.canonical(given.shape().get(), given.text())
                : rule.canonical(given.text());

        assertThat(actual).as("%s: %s", given.type().sqlName(), given.line()).isEqualTo(given.expected());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aTypeThatDoesNotHeedTheShapeMakesTheSameOfATextInEachShape(Kind kind) {
        for (RuleCase given : cases(kind)) {
            TypeRule rule = TypeRules.of(given.type(), given.session());
            for (Shape shape : rule.heedsShape() ? new Shape[0] : Shape.values()) {
                assertThat(rule.canonical(shape, given.text()))
                        .as("%s, %s: %s", given.type().sqlName(), shape, given.line())
                        .isEqualTo(rule.canonical(given.text()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyTypeHasCases(Kind kind) {
        assertThat(cases(kind)).isNotEmpty();
    }

    private static ColumnType type(Kind kind) {
        return kind == Kind.ARRAY
                ? ColumnType.array("t", ColumnType.of(Kind.INTEGER, "integer"))
                : new ColumnType(kind, "t", OptionalInt.empty(), OptionalInt.empty(), List.of("a"));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatCannotBeStoredIsRefusedByEveryType(Kind kind) {
        TypeRule rule = TypeRules.of(type(kind), SESSION);

        assertThat(rule.canonical("\0")).isEqualTo(new Canonical.Refused());
        assertThat(rule.canonical("1\ud800")).isEqualTo(new Canonical.Refused());
    }

    @Tag("large")
    @ParameterizedTest
    @EnumSource(Kind.class)
    void hugeTextsCostNoMoreThanTheirLength(Kind kind) {
        TypeRule rule = TypeRules.of(type(kind), SESSION);
        int million = 1_000_000;

        for (String text : List.of(
                "9".repeat(million),
                "0.".concat("9".repeat(million)),
                "0".repeat(million) + "1",
                "0x" + "f".repeat(million),
                " ".repeat(million),
                "-".repeat(million),
                "{".repeat(million),
                "{" + "9,".repeat(million) + "9}",
                "[".repeat(million),
                "[" + "9".repeat(million) + ":1]={1}",
                "2024-01-01 ".repeat(million / 10))) {
            assertThat(rule.canonical(text)).isNotNull();
        }
    }

    @Test
    void aNumberInAnotherBaseIsConvertedUpToALimit() {
        TypeRule numeric = TypeRules.of(ColumnType.of(Kind.NUMERIC, "numeric"), SESSION);

        assertThat(numeric.canonical("0x" + "f".repeat(10_000))).isInstanceOf(Canonical.Known.class);
        assertThat(numeric.canonical("0x" + "f".repeat(10_001))).isEqualTo(new Canonical.TooLarge());
    }

    @Test
    void jsonbIsReadDownToADepth() {
        TypeRule jsonb = TypeRules.of(ColumnType.of(Kind.JSONB, "jsonb"), SESSION);

        assertThat(jsonb.canonical("[".repeat(6_000) + "]".repeat(6_000))).isInstanceOf(Canonical.Known.class);
        assertThat(jsonb.canonical("[".repeat(6_001) + "]".repeat(6_001))).isEqualTo(new Canonical.TooLarge());
    }

    @Test
    void keysInDisorderAreArrangedUpToACost() {
        TypeRule jsonb = TypeRules.of(ColumnType.of(Kind.JSONB, "jsonb"), SESSION);
        String open = "{\"b\": ";
        String close = ", \"a\": \"" + "x".repeat(60) + "\"}";

        assertThat(jsonb.canonical(open.repeat(500) + 1 + close.repeat(500))).isInstanceOf(Canonical.Known.class);
        assertThat(jsonb.canonical(open.repeat(5_000) + 1 + close.repeat(5_000)))
                .isEqualTo(new Canonical.TooLarge());
    }

    @Test
    void rulesOfAnUnsupportedServerAreNotGuessed() {
        assertThatThrownBy(() -> new SessionRules(13, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("14");
    }
}
