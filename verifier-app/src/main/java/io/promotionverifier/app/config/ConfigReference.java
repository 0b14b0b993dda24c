package io.promotionverifier.app.config;

import io.promotionverifier.app.config.form.Form;
import io.promotionverifier.app.config.form.Key;
import io.promotionverifier.app.config.form.ListForm;
import io.promotionverifier.app.config.form.Section;
import java.util.ArrayList;
import java.util.List;

/** The table of keys for the documentation; a test holds the checked-in page against it. */
public final class ConfigReference {
    private ConfigReference() {}

    /** The table in Markdown, one line for each key. */
    public static List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| key | value | default | meaning |");
        lines.add("|---|---|---|---|");
        add(ConfigKeys.ROOT, "", lines);
        return List.copyOf(lines);
    }

    private static void add(Section<?> section, String prefix, List<String> lines) {
        for (Key<?> key : section.keys()) {
            boolean inherited = prefix.equals("promotions[].") && PolicyKeys.ALL.contains(key);
            if (!inherited) {
                add(key, prefix, lines);
            }
        }
    }

    private static void add(Key<?> key, String prefix, List<String> lines) {
        String path = prefix + key.name();
        lines.add("| `" + path + "` | " + cell(key.form().name()) + " | " + presence(key) + " | " + cell(key.meaning())
                + " |");
        Form<?> form = key.form();
        String below = path;
        if (form instanceof ListForm<?> list) {
            form = list.item();
            below = path + "[]";
        }
        if (form instanceof Section<?> section) {
            add(section, below + ".", lines);
        }
    }

    private static String presence(Key<?> key) {
        boolean hasSection = key.form() instanceof Section<?>;
        return switch (key.presence()) {
            case REQUIRED -> "**required**";
            case OPTIONAL -> "";
            case DEFAULTED -> hasSection ? "" : "`" + key.fallbackInWords() + "`";
        };
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
