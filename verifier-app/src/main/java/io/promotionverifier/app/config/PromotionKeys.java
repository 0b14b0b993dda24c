package io.promotionverifier.app.config;

import io.promotionverifier.app.config.PromotionConfig.Target;
import io.promotionverifier.app.config.form.Forms;
import io.promotionverifier.app.config.form.Key;
import io.promotionverifier.app.config.form.ListForm;
import io.promotionverifier.app.config.form.Section;
import io.promotionverifier.app.config.form.SqlForms;
import io.promotionverifier.app.config.form.Values;
import io.promotionverifier.app.config.tree.Problems;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The keys of {@code promotions[]}. */
final class PromotionKeys {
    /** What a path is promoted to. */
    enum Kind {
        COLUMN,
        INDEX
    }

    /** What a value outside the domain means. */
    enum NotPromoted {
        MISMATCH,
        EXPECT_NULL
    }

    /** What the foreign key does when its parent goes. */
    enum OnDelete {
        SET_NULL
    }

    static final Key<String> ID = Key.required(
            "id",
            Forms.text("a promotion id (letters, digits and . _ -, 64 at most)", "[A-Za-z0-9][A-Za-z0-9._-]{0,63}"),
            "The promotion's name, unique in this file.");
    static final Key<Kind> KIND = Key.defaulted(
            "kind",
            Forms.oneOf(Kind.class),
            "column",
            "`column`, or `index` for a GIN index on the path: nothing to compare.");
    static final Key<TableName> TABLE =
            Key.required("table", SqlForms.table(), "`schema.table`; parts quoted as in SQL: `'\"My Schema\".\"T\"'`.");
    static final Key<DocumentPath> FROM = Key.required(
            "from",
            SqlForms.path(),
            "Where the value lives: `metadata->'ui'->>'theme'`, or a list of literal names `[metadata, ui, theme]`;"
                    + " a column's name alone is the whole column.");
    static final Key<String> TO = Key.optional(
            "to", SqlForms.literalName(), "The promoted column, a literal name; required unless `kind` is `index`.");
    static final Key<String> TYPE = Key.optional(
            "type", Forms.text("a type", "\\S(?:.*\\S)?"), "The column's type, to be checked against the catalog.");
    static final Key<List<String>> ALLOWED = Key.optional(
            "allowed", new ListForm<>(Forms.text(), 1), "The allowed values; without it every value of the type.");
    static final Key<NotPromoted> NOT_PROMOTED = Key.defaulted(
            "not_promoted",
            Forms.oneOf(NotPromoted.class),
            "mismatch",
            "`mismatch`, or `expect-null` when values outside the domain stay NULL on purpose.");
    static final Key<Phase> PHASE = Key.defaulted(
            "phase", Forms.oneOf(Phase.class, Phase::name), "B", "`A` backfill, `B` dual-write, `C` the column only.");
    static final Key<Instant> STARTED = Key.optional(
            "started", Forms.instant(), "When the phase began, ISO-8601; without it when verifying began.");
    static final Key<String> OWNER = Key.defaulted("owner", Forms.text(), "''", "Who answers for the promotion.");
    static final Key<TableName> PARENT =
            Key.required("table", SqlForms.table(), "The parent table of the foreign key on the promoted column.");
    static final Key<OnDelete> ON_DELETE = Key.defaulted(
            "on_delete",
            Forms.oneOf(OnDelete.class),
            "set-null",
            "What clears the column: then FK_NULLED is explained.");
    static final Section<Promotion.Reference> REFERENCE =
            Section.of(List.of(PARENT, ON_DELETE), values -> new Promotion.Reference(values.get(PARENT)));
    static final Key<Promotion.Reference> REFERENCES =
            Key.optional("references", REFERENCE, "A foreign key with ON DELETE SET NULL on the promoted column.");
    static final Key<List<WaiverConfig>> WAIVERS = Key.defaulted(
            "waivers",
            new ListForm<>(WaiverKeys.SECTION, 0),
            "[]",
            "Declared exceptions: rows that may differ until a date.");
    static final Key<String> RATIONALE =
            Key.defaulted("rationale", Forms.text(), "''", "Why; carried into plan, log and report.");

    static final List<Key<?>> OWN = List.of(
            ID,
            KIND,
            TABLE,
            FROM,
            TO,
            TYPE,
            ALLOWED,
            NOT_PROMOTED,
            PHASE,
            STARTED,
            OWNER,
            REFERENCES,
            WAIVERS,
            RATIONALE);

    static final Section<PromotionConfig> SECTION = new Section<>(
            ownAndPolicy(),
            List.of(PromotionKeys::nameTheTarget, PromotionKeys::compareTwoColumns, PromotionKeys::allowOnce),
            PromotionKeys::make);

    private PromotionKeys() {}

    private static List<Key<?>> ownAndPolicy() {
        List<Key<?>> keys = new ArrayList<>(OWN);
        keys.addAll(PolicyKeys.ALL);
        return keys;
    }

    private static void nameTheTarget(Values values, Problems problems) {
        boolean index = values.find(KIND).filter(kind -> kind == Kind.INDEX).isPresent();
        if (index && values.isGiven(TO)) {
            values.refuse(TO, "an index has no promoted column; remove the key or kind: index", problems);
        }
        if (!index && !values.isGiven(TO)) {
            values.refuse(TO, "is required (a column name)", problems);
        }
    }

    private static void compareTwoColumns(Values values, Problems problems) {
        boolean same = values.find(FROM)
                .flatMap(from -> values.find(TO).filter(from.column()::equals))
                .isPresent();
        if (same) {
            values.refuse(TO, "is the document column itself", problems);
        }
    }

    private static void allowOnce(Values values, Problems problems) {
        List<String> allowed = values.find(ALLOWED).orElse(List.of());
        Set<String> seen = new java.util.HashSet<>();
        allowed.stream()
                .filter(value -> !seen.add(value))
                .distinct()
                .forEach(value -> values.refuse(ALLOWED, "holds \"" + value + "\" twice", problems));
    }

    private static PromotionConfig make(Values values) {
        Promotion.Domain domain = new Promotion.Domain(
                values.find(ALLOWED).map(Set::copyOf), values.get(NOT_PROMOTED) == NotPromoted.EXPECT_NULL);
        Target target = values.find(TO).<Target>map(Target.Column::new).orElseGet(Target.Index::new);
        return new PromotionConfig(
                new PromotionId(values.get(ID)),
                values.get(TABLE),
                values.get(FROM),
                target,
                values.find(TYPE),
                domain,
                values.get(PHASE),
                values.find(STARTED),
                values.get(OWNER),
                values.find(REFERENCES),
                values.get(WAIVERS),
                values.get(RATIONALE),
                PolicyKeys.make(values));
    }
}
