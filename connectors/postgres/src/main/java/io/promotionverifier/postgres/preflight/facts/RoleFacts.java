package io.promotionverifier.postgres.preflight.facts;

import java.util.List;

/**
 * Our role.
 *
 * @param name its name
 * @param superuser true for a superuser
 * @param replication true if it may stream the log: REPLICATION, or a member of {@code rds_replication}
 * @param rds true if the server knows the role {@code rds_replication}
 * @param createOnDatabase true if it may create a publication in the database
 * @param connectionLimit how many connections it may have; negative for no limit
 * @param connectionsUsed how many it has now
 * @param lackingFunctions the functions that we call and it may not, with their arguments
 */
public record RoleFacts(
        String name,
        boolean superuser,
        boolean replication,
        boolean rds,
        boolean createOnDatabase,
        int connectionLimit,
        int connectionsUsed,
        List<String> lackingFunctions) {
    public RoleFacts {
        lackingFunctions = List.copyOf(lackingFunctions);
    }
}
