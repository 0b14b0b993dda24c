package io.promotionverifier.topics.decode;

import io.promotionverifier.postgres.catalog.ColumnDescription;
import java.util.Optional;

/**
 * A captured column as the catalog has it, which tells what a value without schema means.
 *
 * @param name its literal name
 * @param type its type
 * @param fallback what the connector's JSON may show in place of NULL
 */
public record TopicColumn(String name, ColumnDescription.Type type, Fallback fallback) {
    /** What Connect's JSON converter writes for a NULL: the column's default, unless it is told to keep NULLs. */
    public sealed interface Fallback {
        /** NULL: the column has no default, or cannot be NULL. */
        record None() implements Fallback {}

        /**
         * A text that is known.
         *
         * @param text the default
         */
        record Text(String text) implements Fallback {}

        /** A value that is not known. */
        record Anything() implements Fallback {}
    }

    /** The type under all domains. */
    ColumnDescription.Type base() {
        ColumnDescription.Type base = type;
        while (base.isDomain() && base.inner().isPresent()) {
            base = base.inner().get();
        }
        return base;
    }

    /** True for an array, whose bounds and dimensions the topics do not tell. */
    boolean isArray() {
        ColumnDescription.Type base = base();
        return !base.isDomain() && base.inner().isPresent();
    }

    /** The name of the built-in type under all domains; absent for a type of the user's own. */
    Optional<String> builtIn() {
        ColumnDescription.Type base = base();
        return base.schema().equals("pg_catalog") ? Optional.of(base.name()) : Optional.empty();
    }
}
