package io.promotionverifier.postgres.catalog;

import static io.promotionverifier.postgres.SourceDatabase.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.catalog.PromotionDescription.Resolved;
import io.promotionverifier.postgres.catalog.PromotionDescription.Unresolved;
import io.promotionverifier.postgres.decode.KeyForm;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogReaderIT {
    private static final String LONG = "n".repeat(63);
    private static SourceDatabase database;
    private static Session session;

    @BeforeAll
    static void start() {
        database = new SourceDatabase(
                "CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy')",
                "CREATE EXTENSION citext",
                "CREATE DOMAIN label AS text CHECK (VALUE <> 'never')",
                "CREATE DOMAIN short AS varchar(3)",
                "CREATE DOMAIN limited AS short NOT NULL",
                "CREATE DOMAIN unchecked AS int",
                "ALTER DOMAIN unchecked ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID",
                "CREATE COLLATION caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                """
                CREATE TABLE types (id bigint PRIMARY KEY, d jsonb, j json, t text, b boolean, i2 smallint, i4 int, i8 bigint,
                    n numeric, n2 numeric(10,2), u uuid, tz timestamptz, m mood,
                    v varchar(3), c char(2), dom label, ci text COLLATE caseless, a text[], jb jsonb, f8 float8, f4 float4,
                    va varchar(3)[], dd limited, da limited[], cx citext, cia text[] COLLATE caseless, loose unchecked,
                    by bytea, r int4range, "char" "char", nm name, blank bpchar,
                    g text GENERATED ALWAYS AS (d ->> 'g') STORED)
                """);
        session = database.access().open();
    }

    @AfterAll
    static void stop() {
        session.close();
        database.close();
    }

    private static PromotionDescription describe(RequestedPromotion requested) {
        return new CatalogReader(session).describe(List.of(requested)).get(0);
    }

    private static Resolved resolved(RequestedPromotion requested) {
        assertThat(describe(requested)).isInstanceOf(Resolved.class);
        return (Resolved) describe(requested);
    }

    private static List<Problem> problems(RequestedPromotion requested) {
        assertThat(describe(requested)).isInstanceOf(Unresolved.class);
        return ((Unresolved) describe(requested)).problems();
    }

    private static RequestedPromotion to(String column) {
        return promotion("P", new TableName("public", "types"), "d", column);
    }

    @ParameterizedTest
    @CsvSource({
        "t,TEXT,text",
        "b,BOOLEAN,boolean",
        "i2,SMALLINT,smallint",
        "i4,INTEGER,integer",
        "i8,BIGINT,bigint",
        "n,NUMERIC,numeric",
        "f4,REAL,real",
        "f8,DOUBLE_PRECISION,double precision",
        "jb,JSONB,jsonb",
        "blank,CHAR,bpchar",
        "u,UUID,uuid",
        "tz,TIMESTAMPTZ,timestamp with time zone"
    })
    void everyTypeOfTheComparatorIsResolved(String column, ColumnType.Kind kind, String sqlName) {
        assertThat(resolved(to(column)).type()).isEqualTo(ColumnType.of(kind, sqlName));
    }

    @Test
    void aNumericCarriesItsModifierAndAnEnumItsLabels() {
        assertThat(resolved(to("n2")).type()).isEqualTo(ColumnType.numeric(10, 2));
        assertThat(resolved(to("m")).type())
                .isEqualTo(ColumnType.enumeration("public.mood", List.of("sad", "it's ok", "happy")));
    }

    @Test
    void aCharacterTypeCarriesItsLength() {
        assertThat(resolved(to("v")).type())
                .isEqualTo(ColumnType.characters(ColumnType.Kind.VARCHAR, "character varying(3)", 3));
        assertThat(resolved(to("c")).type()).isEqualTo(ColumnType.characters(ColumnType.Kind.CHAR, "character(2)", 2));
    }

    @Test
    void aDomainIsItsBaseTypeUnderItsOwnName() {
        assertThat(resolved(to("dom")).type())
                .isEqualTo(ColumnType.of(ColumnType.Kind.TEXT, "text").asDomain("public.label"));
        assertThat(resolved(to("dd")).type())
                .isEqualTo(ColumnType.characters(ColumnType.Kind.VARCHAR, "character varying(3)", 3)
                        .asDomain("public.limited"));
    }

    @Test
    void anArrayKnowsItsElementsWithTheirModifier() {
        assertThat(resolved(to("a")).type())
                .isEqualTo(ColumnType.array("text[]", ColumnType.of(ColumnType.Kind.TEXT, "text")));
        assertThat(resolved(to("va")).type().element().orElseThrow().precision())
                .isEqualTo(OptionalInt.of(3));
    }

    @Test
    void citextFollowsTheDatabasesLocale() {
        assertThat(resolved(to("cx")).type().kind())
                .isIn(ColumnType.Kind.CITEXT, ColumnType.Kind.CITEXT_ASCII)
                .isEqualTo(
                        database.one("SELECT lower('\u00c9')").equals("\u00c9")
                                ? ColumnType.Kind.CITEXT_ASCII
                                : ColumnType.Kind.CITEXT);
    }

    @Test
    void aWholeColumnIsComparedAsTextOrWithItsOwnType() {
        assertThat(resolved(whole("t", "jb")).document().name()).isEqualTo("t");
        assertThat(resolved(whole("blank", "f8")).document().name()).isEqualTo("blank");
        assertThat(resolved(whole("n", "n2")).document().name()).isEqualTo("n");
        assertThat(problems(whole("f8", "n"))).extracting(Problem::kind).containsExactly(Problem.Kind.DOCUMENT_COLUMN);
        assertThat(problems(promotion("P", new TableName("public", "types"), "t", "n")))
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.DOCUMENT_COLUMN);
    }

    private static RequestedPromotion whole(String from, String to) {
        return new RequestedPromotion(
                new PromotionId("P"),
                new TableName("public", "types"),
                new DocumentPath(from, List.of()),
                to,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aTimestampCarriesItsPrecision() {
        database.run("CREATE TABLE rounded (id int PRIMARY KEY, d jsonb, z timestamptz(3))");
        ColumnType type = resolved(promotion("P", new TableName("public", "rounded"), "d", "z"))
                .type();
        assertThat(type.sqlName()).isEqualTo("timestamp(3) with time zone");
        assertThat(type.precision()).isEqualTo(OptionalInt.of(3));
    }

    @Test
    void aNegativeScaleIsReadAsPostgresPrintsIt() {
        assertThat(database.major()).isGreaterThanOrEqualTo(14);
        if (database.major() >= 15) {
            database.run("CREATE TABLE coarse (id int PRIMARY KEY, d jsonb, n numeric(5, -3))");
            ColumnType type = resolved(promotion("P", new TableName("public", "coarse"), "d", "n"))
                    .type();
            assertThat(type.sqlName()).isEqualTo("numeric(5,-3)");
            assertThat(type.scale()).isEqualTo(OptionalInt.of(-3));
            assertThat(type.precision()).isEqualTo(OptionalInt.of(5));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ci|text, which has a non-deterministic collation",
                "cia|text[], which is an array of text, which has a non-deterministic collation",
                "j|json, which has no equality",
                "da|public.limited[], which is an array of a domain",
                "loose|public.unchecked, which is a domain with a constraint that was never validated",
                "by|bytea, which is none of the types",
                "char|\"char\", which is none of the types",
                "nm|name, which is none of the types",
                "r|int4range, which is none of the types"
            })
    void anyOtherTypeIsRefusedByItsName(String column, String named) {
        assertThat(problems(to(column))).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.TYPE);
            assertThat(problem.detail()).contains("has type " + named);
        });
    }

    @Test
    void aGeneratedColumnHasNothingToVerify() {
        assertThat(problems(to("g"))).extracting(Problem::kind).containsExactly(Problem.Kind.PROMOTED_COLUMN);
    }

    @Test
    void aTypeThatTheConfigurationStatesIsChecked() {
        RequestedPromotion right = new RequestedPromotion(
                new PromotionId("P"),
                new TableName("public", "types"),
                new DocumentPath("j", List.of("x")),
                "n2",
                Optional.of("DECIMAL( 10 , 2 )"),
                Optional.empty());
        assertThat(resolved(right).document().type().name()).isEqualTo("json");

        RequestedPromotion wrong = new RequestedPromotion(
                right.id(), right.table(), right.from(), "n2", Optional.of("numeric(10,3)"), Optional.empty());
        assertThat(problems(wrong))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.detail()).contains("numeric(10,2)").contains("numeric(10,3)"));
    }

    @Test
    void everyProblemIsToldAtOnceAndAMissingTableStopsNothing() {
        List<PromotionDescription> described = new CatalogReader(session)
                .describe(List.of(
                        promotion("MISSING", "nope"),
                        promotion("BAD", new TableName("public", "types"), "t", "nope"),
                        to("t")));

        assertThat(((Unresolved) described.get(0)).problems())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.TABLE);
        assertThat(((Unresolved) described.get(1)).problems())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.DOCUMENT_COLUMN, Problem.Kind.PROMOTED_COLUMN);
        assertThat(described.get(2)).isInstanceOf(Resolved.class);
    }

    @Test
    void namesAreLiteral() {
        database.run(
                "CREATE SCHEMA \"My Schema\"",
                "CREATE TABLE \"My Schema\".\"Odd.Table \"\"Q\"\" Ünï; DROP\" (\"Key One\" int, \"k\"\"2\" uuid,"
                        + " \"Meta.Data\" jsonb, \"" + LONG + "\" text, PRIMARY KEY (\"k\"\"2\", \"Key One\"))");
        TableName odd = new TableName("My Schema", "Odd.Table \"Q\" Ünï; DROP");

        Resolved resolved = resolved(promotion("P", odd, "Meta.Data", LONG));

        assertThat(resolved.table().name()).isEqualTo(odd);
        assertThat(resolved.table().key()).extracting(KeyColumn::name).containsExactly("k\"2", "Key One");
        assertThat(resolved.table().key())
                .extracting(KeyColumn::form)
                .containsExactly(Optional.of(KeyForm.UUID), Optional.of(KeyForm.NUMBER));
        assertThat(problems(promotion("P", odd, "Meta.Data", LONG + "n")))
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.PROMOTED_COLUMN);
    }

    @Test
    void aNameThatPostgresWouldTruncateNamesNothing() {
        database.run("CREATE TABLE " + LONG + " (id int PRIMARY KEY, metadata jsonb, priority text)");

        assertThat(describe(promotion("P", LONG))).isInstanceOf(Resolved.class);
        assertThat(describe(promotion("P", LONG + "x"))).isInstanceOf(Unresolved.class);
    }

    @Test
    void viewsPartitionsAndParentsOfInheritanceAreRefused() {
        database.run(
                "CREATE VIEW v AS SELECT 1 AS id, '{}'::jsonb AS metadata, 'x'::text AS priority",
                "CREATE TABLE parted (id int, metadata jsonb, priority text, PRIMARY KEY (id)) PARTITION BY RANGE (id)",
                "CREATE TABLE leaf PARTITION OF parted FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE elder (id int PRIMARY KEY, metadata jsonb, priority text)",
                "CREATE TABLE heir () INHERITS (elder)");

        assertThat(problems(promotion("P", "v")).get(0).detail())
                .isEqualTo("public.v is a view: only tables have row changes");
        assertThat(problems(promotion("P", "leaf")).get(0).detail()).contains("partition of public.parted");
        assertThat(problems(promotion("P", "elder")).get(0).detail()).contains("inherit");
        assertThat(resolved(promotion("P", "parted")).table().partitions())
                .extracting(TableDescription.Partition::name)
                .containsExactly(new TableName("public", "leaf"));
    }

    @Test
    void keysAreRequiredAndOfKnownTypes() {
        database.run(
                "CREATE TABLE keyless (metadata jsonb, priority text)",
                "CREATE TABLE floating (id float8 PRIMARY KEY, metadata jsonb, priority text)");

        assertThat(problems(promotion("P", "keyless")).get(0).detail()).contains("no primary key");
        assertThat(problems(promotion("P", "floating")).get(0).detail()).contains("double precision");
    }

    @Test
    void columnsThatDifferByCaseOnlyAreRefused() {
        database.run("CREATE TABLE cased (id int PRIMARY KEY, metadata jsonb, priority text, \"Priority\" text)");

        assertThat(problems(promotion("P", "cased")))
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.COLUMN_NAMES);
    }

    @Test
    void aParentIsFoundByTheForeignKeyAndElseByItsPrimaryKey() {
        database.run(
                "CREATE TABLE items (id int PRIMARY KEY, code uuid UNIQUE, short varchar(3) UNIQUE)",
                "CREATE TABLE events (id int PRIMARY KEY, d jsonb, item uuid REFERENCES items (code), loose int,"
                        + " short text)");

        assertThat(resolved(referencing("item", "items")).parent())
                .contains(new ParentKey(new TableName("public", "items"), "code", "uuid"));
        assertThat(resolved(referencing("loose", "items")).parent())
                .contains(new ParentKey(new TableName("public", "items"), "id", "integer"));
        assertThat(problems(referencing("loose", "nope")))
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.REFERENCE);
    }

    private static RequestedPromotion referencing(String column, String parent) {
        return new RequestedPromotion(
                new PromotionId("P"),
                new TableName("public", "events"),
                new DocumentPath("d", List.of(column)),
                column,
                Optional.empty(),
                Optional.of(new TableName("public", parent)));
    }

    @Test
    void theFingerprintHoldsUntilTheCaptureIsTouchedEvenThereAndBack() {
        database.run(
                "CREATE TABLE kept (id int PRIMARY KEY, metadata jsonb, priority text)",
                "CREATE TABLE other (id int PRIMARY KEY)",
                "CREATE PUBLICATION watched FOR TABLE kept, other WITH (publish_via_partition_root = true)");
        CaptureFingerprint before = fingerprint();

        database.run(
                "INSERT INTO kept VALUES (1, '{}', 'x')",
                "CREATE INDEX ON kept (priority)",
                "ALTER TABLE kept ADD COLUMN unrelated int",
                "ANALYZE kept",
                "VACUUM kept");
        assertThat(fingerprint().differences(before)).allMatch(part -> part.startsWith(CaptureFingerprint.CATALOG_ROW));

        CaptureFingerprint settled = fingerprint();
        database.run("ALTER PUBLICATION watched DROP TABLE other", "ALTER PUBLICATION watched ADD TABLE other");
        assertThat(fingerprint().differences(settled)).containsExactly("published table public.other");

        settled = fingerprint();
        database.run(
                "ALTER PUBLICATION watched SET (publish = 'insert')",
                "ALTER PUBLICATION watched SET (publish = 'insert, update, delete, truncate')");
        assertThat(fingerprint().differences(settled)).containsExactly("publication watched");

        settled = fingerprint();
        database.run("ALTER TABLE kept RENAME TO gone", "ALTER TABLE gone RENAME TO kept");
        assertThat(fingerprint().differences(settled)).containsExactly(CaptureFingerprint.CATALOG_ROW + "public.kept");

        settled = fingerprint();
        database.run("ALTER TABLE kept ALTER COLUMN priority TYPE uuid USING NULL");
        assertThat(fingerprint().differences(settled)).contains("promotion P");
        assertThat(fingerprint().hash()).isNotEqualTo(settled.hash()).hasSize(64);
    }

    private static CaptureFingerprint fingerprint() {
        CatalogReader catalog = new CatalogReader(session);
        return CaptureFingerprint.of(
                catalog.publication("watched").orElseThrow(), List.of(resolved(promotion("P", "kept"))));
    }

    @Test
    void aPublicationIsDescribedWithItsFiltersAndColumnLists() {
        database.run("CREATE TABLE pub1 (id int PRIMARY KEY, \"X y\" text)", "CREATE PUBLICATION plain FOR TABLE pub1");
        PublicationDescription plain =
                new CatalogReader(session).publication("plain").orElseThrow();
        assertThat(plain.tables()).singleElement().satisfies(member -> {
            assertThat(member.columns()).isEmpty();
            assertThat(member.filtered()).isFalse();
        });
        assertThat(plain.options().viaRoot()).isFalse();
        assertThat(new CatalogReader(session).publication("nope")).isEmpty();
        if (database.major() >= 15) {
            database.run(
                    "CREATE PUBLICATION fancy FOR TABLE pub1 (id, \"X y\") WHERE (id > 3)",
                    "CREATE PUBLICATION wide FOR TABLES IN SCHEMA public");
            PublicationDescription fancy =
                    new CatalogReader(session).publication("fancy").orElseThrow();
            assertThat(fancy.tables()).singleElement().satisfies(member -> {
                assertThat(member.columns()).contains(List.of("id", "X y"));
                assertThat(member.filtered()).isTrue();
            });
            assertThat(new CatalogReader(session)
                            .publication("wide")
                            .orElseThrow()
                            .schemas())
                    .containsExactly("public");
        }
    }
}
