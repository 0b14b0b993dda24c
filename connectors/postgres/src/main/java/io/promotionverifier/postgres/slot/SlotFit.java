package io.promotionverifier.postgres.slot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether an existing slot can serve us. Pure. */
public final class SlotFit {
    private SlotFit() {}

    /** What is wrong with it; empty if it fits. A slot that somebody streams from may fit. */
    public static List<String> misfits(SlotState slot, String database) {
        List<String> misfits = new ArrayList<>();
        SlotState.Form form = slot.form();
        if (!form.plugin().equals(Optional.of(SlotSql.PLUGIN))) {
            misfits.add(form.plugin()
                    .map(plugin -> "its plugin is " + plugin + ", not " + SlotSql.PLUGIN)
                    .orElse("it is a physical slot"));
        } else if (!form.database().equals(Optional.of(database))) {
            misfits.add("it decodes database " + form.database().orElse("?") + ", not " + database);
        }
        if (form.temporary()) {
            misfits.add("it is temporary");
        }
        if (slot.health().lost()) {
            misfits.add("it is lost"
                    + slot.health().invalidation().map(why -> " (" + why + ")").orElse("")
                    + ": the server removed log that it needed");
        }
        return misfits;
    }
}
