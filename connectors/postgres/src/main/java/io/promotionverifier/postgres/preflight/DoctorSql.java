package io.promotionverifier.postgres.preflight;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.catalog.CatalogReader;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.slot.CaptureRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a DBA must run, as a script for psql: the grants of the role, what mends each refusal, then publication and slot
 * where they are missing. What mends a warning is a decision and stands in comments. Pure.
 */
public final class DoctorSql {
    private DoctorSql() {}

    /**
     * The script.
     *
     * @param role the role that the verifier connects as
     * @param results what {@link Preflight#run} found for the request
     */
    public static String script(String role, CaptureRequest request, List<CheckResult> results) {
        StringBuilder script = new StringBuilder();
        script.append("-- Promotion Verifier: slot ")
                .append(SqlText.comment(request.slot()))
                .append(", publication ")
                .append(SqlText.comment(request.publication()))
                .append(". For psql, as a superuser or the tables' owner.\n\\set ON_ERROR_STOP on\n");
        grants(script, role, request, results);
        Set<String> written = new LinkedHashSet<>();
        for (CheckResult result : results) {
            result.sql().filter(written::add).ifPresent(sql -> statement(script, result, sql));
        }
        return script.toString();
    }

    private static void grants(StringBuilder script, String role, CaptureRequest request, List<CheckResult> results) {
        String grantee = SqlText.identifier(role);
        Set<TableName> existing = existing(request, results);
        if (existing.isEmpty()) {
            return;
        }
        Set<String> schemas = new TreeSet<>();
        existing.forEach(table -> schemas.add(table.schema()));
        script.append("\n-- What the role may do: read these tables, nothing else.\n");
        schemas.forEach(schema -> script.append("GRANT USAGE ON SCHEMA ")
                .append(SqlText.identifier(schema))
                .append(" TO ")
                .append(grantee)
                .append(";\n"));
        existing.forEach(table -> script.append("GRANT SELECT ON TABLE ")
                .append(SqlText.table(table))
                .append(" TO ")
                .append(grantee)
                .append(";\n"));
    }

    /** The tables that the privilege check saw: those that do not exist cannot be granted. */
    private static Set<TableName> existing(CaptureRequest request, List<CheckResult> results) {
        Set<TableName> existing = new TreeSet<>(CatalogReader.namesOf(request.promotions()));
        existing.removeIf(
                table -> results.stream().noneMatch(result -> result.name().equals("select " + table)));
        return existing;
    }

    private static void statement(StringBuilder script, CheckResult result, String sql) {
        script.append("\n-- ")
                .append(result.result())
                .append(' ')
                .append(SqlText.comment(result.name()))
                .append(": ")
                .append(SqlText.comment(result.detail()))
                .append('\n');
        boolean advice = result.result() == CheckResult.Result.WARN;
        String statement = sql + ";\n";
        script.append(advice ? "-- " + statement.stripTrailing().replaceAll("\\R", "\n-- ") + "\n" : statement);
    }
}
