package io.promotionverifier.app.config.form;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Properties handed to another library untouched. They may hold secrets, so only their names are printed.
 *
 * @param properties the properties in the file's order
 */
public record PassThrough(Map<String, String> properties) {
    public PassThrough {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    @Override
    public String toString() {
        return properties.keySet().toString();
    }
}
