package io.promotionverifier.postgres.preflight.facts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What only preflight asks of a table.
 *
 * @param outOfLineBytes the size of its TOAST tables, those of its partitions too
 * @param filtered true if row level security applies to our role
 * @param columns by name
 * @param checks its CHECK constraints
 */
public record TableDetails(
        long outOfLineBytes, boolean filtered, Map<String, Column> columns, List<CheckConstraint> checks) {
    public TableDetails {
        columns = Map.copyOf(columns);
        checks = List.copyOf(checks);
    }

    /**
     * A column.
     *
     * @param readable true if our role may SELECT it
     * @param toastable true if a large value is stored out of line
     * @param defaultText its DEFAULT as SQL
     */
    public record Column(boolean readable, boolean toastable, Optional<String> defaultText) {}

    /**
     * A CHECK constraint.
     *
     * @param name its name
     * @param definition as {@code pg_get_constraintdef} prints it
     * @param columns the columns that it looks at
     */
    public record CheckConstraint(String name, String definition, List<String> columns) {
        public CheckConstraint {
            columns = List.copyOf(columns);
        }
    }

    /** A column by its literal name. */
    public Optional<Column> column(String name) {
        return Optional.ofNullable(columns.get(name));
    }
}
