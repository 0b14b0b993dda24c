package io.promotionverifier.sandbox.scenario;

import java.sql.SQLException;

/** What goes wrong, write by write. Confined to the writer's thread. */
interface Trouble {
    /** The next troubled write. */
    void strike() throws SQLException;

    /** Does what is due now; with ending, until nothing is left half done. True when nothing is. */
    default boolean tend(boolean ending) throws SQLException {
        return true;
    }

    /** How much has been injected, in the scenario's own count. */
    long injected();
}
