package io.promotionverifier.app.config.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.config.tree.ConfigNode;
import io.promotionverifier.app.config.tree.Problems;
import java.util.Optional;

/**
 * What a value of the configuration may look like. The loader, the JSON Schema and the documentation all ask the same
 * form.
 *
 * @param <T> what is read
 */
public interface Form<T> {
    /**
     * Reads a node.
     *
     * @return the value; absent when something is wrong with it, which is then noted
     */
    Optional<Shown<T>> read(ConfigNode node, Problems problems);

    /** The form's name for people: {@code duration}. */
    String name();

    /** The form as JSON Schema, draft 2020-12. */
    ObjectNode schema();
}
