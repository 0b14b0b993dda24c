package io.promotionverifier.app.it;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What we may say to a server, as {@code application | statement}: a short list, all of which is used, and questions to
 * the catalog that touch nothing else.
 */
final class AllowedStatements {
    private static final String OURS = "promotion-verifier \\| ";
    private static final String ENGINE = "Debezium [\\w ]+ \\| ";

    private static final List<Pattern> USED = Stream.of(
                    "(promotion-verifier)? \\| SET application_name = 'promotion-verifier'",
                    OURS + "SELECT set_config\\(\\$1, \\$2, false\\)",
                    OURS + "SELECT pg_try_advisory_lock\\(\\$1\\) AS taken",
                    OURS + "IDENTIFY_SYSTEM",
                    OURS + "(BEGIN|ROLLBACK)",
                    OURS + "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
                    OURS
                            + "SET LOCAL (search_path TO DEFAULT|DateStyle TO ISO|IntervalStyle TO postgres|TimeZone TO 'UTC')",
                    OURS + "WITH stamp AS MATERIALIZED .* pg_logical_emit_message\\(false, \\$3, content\\) .*",
                    OURS + "CREATE PUBLICATION \"\\w+\" FOR TABLE \"public\".\"nexus_cases\" WITH \\([^;]*\\)",
                    OURS
                            + "SELECT pg_create_logical_replication_slot\\('\\w+', 'pgoutput', false, false, failover => true\\)",
                    OURS + "SELECT pg_drop_replication_slot\\('\\w+'\\)",
                    OURS + "DROP PUBLICATION IF EXISTS \"\\w+\"",
                    ENGINE + "(BEGIN|COMMIT)",
                    ENGINE + "SHOW wal_level",
                    ENGINE + "IDENTIFY_SYSTEM",
                    ENGINE
                            + "START_REPLICATION SLOT \"\\w+\" LOGICAL [0-9A-F/]+ \\(.*\"publication_names\" '\\w+'.*\\)")
            .map(Pattern::compile)
            .toList();

    /** What depends on what others do on the server, or on who came before. */
    private static final List<Pattern> SOMETIMES = Stream.of(
                    // The generated report, once a day: of the promoted table, and nothing that could write.
                    OURS
                            + "SELECT \\* FROM \\(SELECT [^;]* AS value, count\\(\\*\\) AS rows FROM \"public\"\\.\"nexus_cases\" AS t"
                            + " WHERE age\\(t\\.xmin\\) > [^;]* GROUP BY 1\\s*\\) AS report",
                    // A census: of the promoted table, in read-only transactions.
                    OURS + "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                    OURS + "COMMIT",
                    OURS + "SELECT (count\\(\\*\\) AS rows|r\\.xmin::text AS writer)[^;]*"
                            + " FROM ONLY \"public\"\\.\"nexus_cases\" AS r [^;]*",
                    OURS
                            + "SET (enable_seqscan|enable_bitmapscan|enable_tidscan|max_parallel_workers_per_gather|jit|row_security|TimeZone|DateStyle"
                            + "|IntervalStyle|bytea_output|extra_float_digits) = ['\\w, ]+",
                    // What a session of ours is given when it begins.
                    OURS + "SELECT set_config\\('(row_security|tcp_keepalives_idle)', '\\w+', false\\)[^;]*",
                    OURS + "SELECT pg_sleep\\(1\\)",
                    OURS + "SELECT pg_terminate_backend\\(\\$1\\)",
                    ENGINE + "SET .*")
            .map(Pattern::compile)
            .toList();

    private static final Pattern QUESTION = Pattern.compile("[\\w -]+ \\| (SELECT|select|WITH) [^;]*");
    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'");
    private static final Pattern SOURCE =
            Pattern.compile("(?i)\\b(?:FROM|JOIN|UPDATE|INTO)\\s+(?:LATERAL\\s+)?([\\w.\"]+|\\()");
    private static final Pattern CATALOG =
            Pattern.compile("\\(|(pg_catalog\\.)?pg_\\w+|unnest|reached|generate_series|clock_timestamp");

    /** Functions that do something, whatever they are selected from. */
    private static final Pattern DOES = Pattern.compile(
            "(?i)\\b(pg_(create|drop|copy|terminate|cancel|advisory|try_advisory|switch|reload|rotate|read|ls|write|stat_reset"
                    + "|logical|replication_slot|replication_origin|export|promote|notify|file|sleep)\\w*|lo_\\w+|nextval|setval"
                    + "|set_config|dblink\\w*|query_to_xml\\w*)\\(");

    private AllowedStatements() {}

    static boolean matches(String statement) {
        return Stream.concat(USED.stream(), SOMETIMES.stream())
                        .anyMatch(pattern -> pattern.matcher(statement).matches())
                || asksTheCatalog(statement);
    }

    private static boolean asksTheCatalog(String statement) {
        String bare = LITERAL.matcher(statement).replaceAll("''");
        return QUESTION.matcher(bare).matches()
                && !DOES.matcher(bare).find()
                && SOURCE.matcher(bare)
                        .results()
                        .allMatch(source -> CATALOG.matcher(source.group(1)).matches());
    }

    /** What is allowed and nobody said: it has no place in the list. */
    static List<Pattern> unused(Set<String> statements) {
        return USED.stream()
                .filter(pattern -> statements.stream()
                        .noneMatch(statement -> pattern.matcher(statement).matches()))
                .toList();
    }
}
