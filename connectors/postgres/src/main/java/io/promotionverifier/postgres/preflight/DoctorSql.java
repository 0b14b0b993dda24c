package io.promotionverifier.postgres.preflight;

import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.slot.CaptureRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a DBA must run, as a script for psql: what mends each refusal, the grants of the role among it, then publication
 * and slot where they are missing. What mends a warning is a decision and stands in comments. Pure.
 */
public final class DoctorSql {
    private static final String SLOT = "slot";

    /** What a restart mends, and the slot needs. */
    private static final Set<String> AFTER_RESTART = Set.of("wal-level", "free-slots", "free-wal-senders");

    private DoctorSql() {}

    /**
     * The script.
     *
     * @param role the role that the verifier connects as
     * @param results what {@link Preflight#run} found for the request
     */
    public static String script(String role, CaptureRequest request, List<CheckResult> results) {
        StringBuilder script = new StringBuilder();
        script.append("-- Promotion Verifier, role ")
                .append(SqlText.comment(role))
                .append(": slot ")
                .append(SqlText.comment(request.slot()))
                .append(", publication ")
                .append(SqlText.comment(request.publication()))
                .append(".\n-- For psql in the source's database, as a superuser (managed services: as the")
                .append(" administrator).\n\\set ON_ERROR_STOP on\n");
        boolean restart = results.stream().anyMatch(DoctorSql::takesRestart);
        Set<String> written = new LinkedHashSet<>();
        for (CheckResult result : results) {
            result.sql()
                    .filter(written::add)
                    .ifPresent(sql -> statement(
                            script, result, sql, restart && result.name().equals(SLOT)));
        }
        if (restart) {
            script.append("\n-- Restart the server, then run doctor --sql again: the slot cannot be made before.\n");
        }
        return script.toString();
    }

    private static boolean takesRestart(CheckResult result) {
        return result.result() == CheckResult.Result.REFUSE && AFTER_RESTART.contains(result.name());
    }

    private static void statement(StringBuilder script, CheckResult result, String sql, boolean tooEarly) {
        script.append("\n-- ")
                .append(result.result())
                .append(' ')
                .append(SqlText.comment(result.name()))
                .append(": ")
                .append(SqlText.comment(result.detail()))
                .append('\n');
        boolean advice = result.result() == CheckResult.Result.WARN || tooEarly;
        String statement = sql + ";\n";
        script.append(advice ? "-- " + statement.stripTrailing().replaceAll("\\R", "\n-- ") + "\n" : statement);
    }
}
