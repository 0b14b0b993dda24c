package io.promotionverifier.app.config.tree;

/**
 * One thing that is wrong with a configuration.
 *
 * @param place where
 * @param path the key, {@code promotions[0].table}; empty for the file as a whole
 * @param message what is wrong and what to do; never a resolved reference
 */
public record ConfigProblem(Place place, String path, String message) {
    /** The one line that people read: {@code verifier.yaml:12:5: promotions[0].tabel: unknown key}. */
    @Override
    public String toString() {
        return place + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
