package io.promotionverifier.app.it;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One promotion of the property test, and PostgreSQL's own judgement of it as an SQL function.
 *
 * @param id its id
 * @param document the column that its document is in
 * @param path where in the document; empty for the whole column
 * @param column the promoted column
 * @param type the column's type
 * @param rules what else the promotion declares
 */
record WholePromotion(
        String id, Document document, List<String> path, String column, WholeType type, Optional<Rule> rules) {
    /** A column that documents are in: jsonb, json or text. */
    record Document(String name, String type) {}

    /** What a promotion may declare. */
    enum Rule {
        EXPECT_NULL("    allowed: [low, high]\n    not_promoted: expect-null\n"),
        DOMAIN("    allowed: ['1.5', '20', '-3.99']\n"),
        WAIVED("    waivers: [{keys: [3, 4], reason: legacy, by: ana, until: 2100-01-01}]\n"),
        PARENTS("    references: {table: public.parents, on_delete: set-null}\n");

        private final String yaml;

        Rule(String yaml) {
            this.yaml = yaml;
        }
    }

    static WholePromotion of(String id, Document document, List<String> path, String column, WholeType type) {
        return new WholePromotion(id, document, path, column, type, Optional.empty());
    }

    WholePromotion with(Rule rule) {
        return new WholePromotion(id, document, path, column, type, Optional.of(rule));
    }

    private boolean has(Rule rule) {
        return rules.equals(Optional.of(rule));
    }

    /** Its lines in the configuration, without its table. */
    String yaml(String table) {
        List<String> from = new ArrayList<>(List.of(document.name()));
        from.addAll(path);
        String list = from.stream().map(key -> TextNode.valueOf(key).toString()).collect(Collectors.joining(", "));
        return "  - id: " + id + "\n    table: '" + table.replace("'", "''") + "'\n    from: [" + list + "]\n    to: "
                + TextNode.valueOf(column) + "\n    phase: B\n"
                + rules.map(rule -> rule.yaml).orElse("");
    }

    /** The name of its judging function. */
    String judge() {
        return WholeTable.quoted("judge_" + id);
    }

    /** The call that judges a row. */
    String verdict(String row, String key) {
        return judge() + "(" + row + "." + WholeTable.quoted(document.name()) + ", " + row + "."
                + WholeTable.quoted(column) + ", " + key + ")";
    }

    /** The function that says what the server itself says of both sides. */
    String ddl() {
        return "CREATE FUNCTION " + judge() + "(d " + document.type() + ", c " + type.sqlType()
                + ", k jsonb) RETURNS text LANGUAGE plpgsql AS $$ DECLARE v text; t " + type.sqlType()
                + "; BEGIN\n"
                + (type.isJson() ? "c := nullif(c, 'null');\n" : "")
                + "v := " + (path.isEmpty() ? "nullif(d::text, 'null')" : "d #>> " + array(path) + "") + ";\n"
                + "IF v IS NULL THEN RETURN " + waived("CASE WHEN c IS NULL THEN 'absent' ELSE 'DOCUMENT_MISSING' END")
                + "; END IF;\n"
                + unjudged()
                + "BEGIN t := " + cast() + "; EXCEPTION WHEN OTHERS THEN RETURN " + notPromoted("UNCASTABLE")
                + "; END;\n"
                + domain()
                + "IF c IS NULL THEN RETURN " + cleared() + "; END IF;\n"
                + "RETURN " + waived("CASE WHEN t IS NOT DISTINCT FROM c THEN 'matched' ELSE 'VALUE_DIFFERS' END")
                + ";\nEND $$";
    }

    static String array(List<String> path) {
        return "ARRAY[" + path.stream().map(WholeTable::literal).collect(Collectors.joining(", ")) + "]::text[]";
    }

    private String unjudged() {
        StringBuilder sql = new StringBuilder();
        type.unverifiable()
                .forEach((text, reason) -> sql.append("IF v = ")
                        .append(WholeTable.literal(text))
                        .append(" THEN RETURN 'unverifiable:")
                        .append(reason)
                        .append("'; END IF;\n"));
        return sql.toString();
    }

    /** jsonb keeps its structure; a JSON array is read element by element. */
    private String cast() {
        if (type.isJson()) {
            return path.isEmpty() ? "v::jsonb" : "nullif(d #> " + array(path) + ", 'null')";
        }
        if (!type.isArray()) {
            return "v::" + type.sqlType();
        }
        String part = "d #> " + array(path);
        return "CASE WHEN " + document.type() + "_typeof(" + part + ") = 'array' THEN ARRAY(SELECT (e #>> '{}')::"
                + type.element() + " FROM " + document.type() + "_array_elements(" + part
                + ") WITH ORDINALITY AS all_of (e, n) ORDER BY n) ELSE v::" + type.sqlType() + " END";
    }

    private String notPromoted(String kind) {
        return has(Rule.EXPECT_NULL)
                ? "CASE WHEN c IS NULL THEN 'explained:NOT_PROMOTED' ELSE '" + kind + "' END"
                : waived("'" + kind + "'");
    }

    private String domain() {
        String allowed = has(Rule.EXPECT_NULL) ? "'low', 'high'" : has(Rule.DOMAIN) ? "1.5, 20, -3.99" : "";
        return allowed.isEmpty()
                ? ""
                : "IF t NOT IN (" + allowed + ") THEN RETURN " + notPromoted("OUT_OF_DOMAIN") + "; END IF;\n";
    }

    private String cleared() {
        return has(Rule.PARENTS)
                ? "CASE WHEN EXISTS (SELECT FROM parents WHERE id = t) THEN 'COLUMN_MISSING' ELSE 'explained:FK_NULLED' END"
                : waived("'COLUMN_MISSING'");
    }

    private String waived(String verdict) {
        return has(Rule.WAIVED)
                ? "CASE WHEN k->>'id' IN ('3', '4') AND (" + verdict
                        + ") NOT IN ('matched', 'absent') THEN 'explained:WAIVED' ELSE " + verdict + " END"
                : verdict;
    }
}
