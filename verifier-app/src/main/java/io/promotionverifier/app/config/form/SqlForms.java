package io.promotionverifier.app.config.form;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.config.tree.ConfigNode;
import io.promotionverifier.app.config.tree.ConfigNode.Sequence;
import io.promotionverifier.app.config.tree.Problems;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.DocumentPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The forms of what PostgreSQL names: tables, columns, document paths, slots. */
public final class SqlForms {
    /** The length in bytes from which PostgreSQL cuts names silently. */
    static final int LONGEST_NAME_BYTES = 63;

    /** What a slot or publication may be called: Debezium puts these unquoted into SQL. */
    public static final String PLAIN_NAME = "[a-z_][a-z0-9_]{0,62}";

    private SqlForms() {}

    /** {@code schema.table}, with parts quoted as in SQL where they must be. */
    public static Form<TableName> table() {
        return ScalarForm.of(
                "a table (schema.table)",
                Schemas.type("string"),
                text -> SqlScanner.of(text).table());
    }

    /** A name as the catalog holds it, never quoted and never folded. */
    public static Form<String> literalName() {
        return ScalarForm.of("a column name", Schemas.anyScalar(), SqlForms::checkedName);
    }

    /** The name of a slot or publication. */
    public static Form<String> plainName() {
        return Forms.text("a name of a-z, 0-9 and _ (63 at most, no digit first)", PLAIN_NAME);
    }

    /** A document path in arrow notation or as a list of literal keys. */
    public static Form<DocumentPath> path() {
        return new PathForm();
    }

    static String checkedName(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new MalformedValueException("a name cannot be empty");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME_BYTES) {
            throw new MalformedValueException("longer than 63 bytes, where PostgreSQL cuts names");
        }
        return name;
    }

    /** Arrow notation or a list: the column first, then the keys. */
    private record PathForm() implements Form<DocumentPath> {
        private static final Form<DocumentPath> ARROWS = ScalarForm.of(
                "a document path",
                Schemas.type("string"),
                text -> SqlScanner.of(text).path());

        @Override
        public String name() {
            return "a document path";
        }

        @Override
        public Optional<Shown<DocumentPath>> read(ConfigNode node, Problems problems) {
            return node instanceof Sequence list ? readList(list, problems) : ARROWS.read(node, problems);
        }

        private Optional<Shown<DocumentPath>> readList(Sequence list, Problems problems) {
            if (list.items().isEmpty()) {
                problems.add(list, "a list holds the document column, then its keys: [metadata, ui, theme]");
                return Optional.empty();
            }
            Optional<String> column =
                    literalName().read(list.items().get(0), problems).map(Shown::value);
            Sequence rest = new Sequence(
                    list.place(),
                    list.path(),
                    list.items().subList(1, list.items().size()));
            Optional<List<String>> keys =
                    new ListForm<>(Forms.text(), 0).read(rest, problems).map(Shown::value);
            return column.flatMap(
                    name -> keys.map(below -> new Shown<>(new DocumentPath(name, below), shown(name, below))));
        }

        private static ArrayNode shown(String column, List<String> keys) {
            ArrayNode shown = JsonNodeFactory.instance.arrayNode().add(column);
            keys.forEach(shown::add);
            return shown;
        }

        @Override
        public ObjectNode schema() {
            ObjectNode list = Schemas.type("array").put("minItems", 1);
            list.set("items", Schemas.anyScalar());
            return Schemas.anyOf(List.of(Schemas.type("string"), list));
        }
    }
}
