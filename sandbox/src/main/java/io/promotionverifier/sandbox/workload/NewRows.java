package io.promotionverifier.sandbox.workload;

import io.promotionverifier.sandbox.sample.SamplePromotion;
import io.promotionverifier.sandbox.sample.SampleTable;
import java.util.Optional;
import java.util.SplittableRandom;

/** The maker of consistent rows to insert. Confined to its worker. */
final class NewRows {
    private static final int ABSENT_ONE_IN = 5;

    private final Model model;
    private final Values values;
    private final SplittableRandom random;
    private final IdSource ids;

    NewRows(Model model, Values values, SplittableRandom random, IdSource ids) {
        this.model = model;
        this.values = values;
        this.random = random;
        this.ids = ids;
    }

    /** A row that agrees under every promotion and is taken in the model. */
    NewRow create(SampleTable table) {
        String id = table.keyType().equals("uuid") ? values.uuid() : Long.toString(ids.next(table));
        Row row = new Row(table, id);
        model.adopt(row);
        NewRow made = new NewRow(row, label());
        for (SamplePromotion promotion : SamplePromotion.of(table)) {
            Optional<Value> value =
                    random.nextInt(ABSENT_ONE_IN) == 0 ? Optional.empty() : values.draw(promotion, model.parents());
            made.setBoth(promotion, value);
            model.put(row, promotion, Cell.both(value));
        }
        return made;
    }

    /** A text for a label column; unique, as e-mail addresses must be. */
    String label() {
        return "workload-" + values.uuid();
    }
}
