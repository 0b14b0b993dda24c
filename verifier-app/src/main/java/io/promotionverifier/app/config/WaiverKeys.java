package io.promotionverifier.app.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.config.form.Form;
import io.promotionverifier.app.config.form.Forms;
import io.promotionverifier.app.config.form.Key;
import io.promotionverifier.app.config.form.ListForm;
import io.promotionverifier.app.config.form.Section;
import io.promotionverifier.app.config.form.Shown;
import io.promotionverifier.app.config.tree.ConfigNode;
import io.promotionverifier.app.config.tree.ConfigNode.Entry;
import io.promotionverifier.app.config.tree.ConfigNode.Mapping;
import io.promotionverifier.app.config.tree.Problems;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of {@code promotions[].waivers[]}. */
final class WaiverKeys {
    private static final Form<String> SOMETHING = Forms.text("text", "[\\s\\S]*\\S[\\s\\S]*");

    static final Key<List<WaiverConfig.Key>> KEYS = Key.required(
            "keys",
            new ListForm<>(new RowKeyForm(), 1),
            "The rows as findings name them: `[17, 23]`, composite keys as `[{a: 1, b: 2}]`.");
    static final Key<String> REASON = Key.required("reason", SOMETHING, "Why they differ.");
    static final Key<String> BY = Key.required("by", SOMETHING, "Who answers for it.");
    static final Key<Instant> UNTIL =
            Key.required("until", Forms.instant(), "The commit time from which the waiver no longer holds.");

    static final Section<WaiverConfig> SECTION = Section.of(
            List.of(KEYS, REASON, BY, UNTIL),
            values -> new WaiverConfig(values.get(KEYS), values.get(REASON), values.get(BY), values.get(UNTIL)));

    private WaiverKeys() {}

    /** A row's key: one value, or a section of the key's columns. */
    private record RowKeyForm() implements Form<WaiverConfig.Key> {
        private static final Form<String> VALUE = Forms.text();

        @Override
        public String name() {
            return "row keys";
        }

        @Override
        public Optional<Shown<WaiverConfig.Key>> read(ConfigNode node, Problems problems) {
            if (!(node instanceof Mapping mapping)) {
                return VALUE.read(node, problems)
                        .map(read -> new Shown<>(new WaiverConfig.Key.Single(read.value()), read.shown()));
            }
            Map<String, String> columns = new LinkedHashMap<>();
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            for (Entry entry : mapping.entries()) {
                VALUE.read(entry.value(), problems).ifPresent(read -> {
                    columns.put(entry.key(), read.value());
                    shown.set(entry.key(), read.shown());
                });
            }
            if (mapping.entries().isEmpty()
                    || columns.size() < mapping.entries().size()) {
                problems.add(node, "a row key names each of its columns once");
                return Optional.empty();
            }
            return Optional.of(new Shown<>(new WaiverConfig.Key.Composite(columns), shown));
        }

        @Override
        public ObjectNode schema() {
            ObjectNode columns = JsonNodeFactory.instance.objectNode().put("type", "object");
            columns.put("minProperties", 1).set("additionalProperties", VALUE.schema());
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            schema.putArray("anyOf").add(VALUE.schema()).add(columns);
            return schema;
        }
    }
}
