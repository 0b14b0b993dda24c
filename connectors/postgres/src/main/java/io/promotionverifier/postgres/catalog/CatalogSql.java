package io.promotionverifier.postgres.catalog;

/**
 * The catalog queries, one text for PostgreSQL 14 to 18: {@code to_jsonb} of a row hides which columns a version has.
 */
final class CatalogSql {
    /** A name is looked up by index and never truncated: one of more than 63 bytes matches nothing. */
    static final String RELATIONS = """
            SELECT n.nspname, c.relname, c.oid, c.xmin::text AS xmin, c.relfilenode, c.relkind, c.relreplident,
                   c.relpersistence = 'p' AS logged,
                   coalesce(k.condeferrable, false) AS key_deferrable,
                   rn.nspname AS root_schema, r.relname AS root_name,
                   c.relkind = 'r' AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid) AS inherited,
                   pg_get_userbyid(c.relowner) AS owner,
                   has_schema_privilege(n.oid, 'USAGE') AS usage,
                   has_table_privilege(c.oid, 'SELECT') AS selectable,
                   pg_has_role(c.relowner, 'USAGE') AS owned
            FROM unnest(?::text[], ?::text[]) AS asked (schema, name)
            JOIN pg_namespace n ON n.nspname = asked.schema::name AND octet_length(asked.schema) <= 63
            JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = asked.name::name AND octet_length(asked.name) <= 63
            LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
            LEFT JOIN pg_class r ON c.relispartition AND r.oid = pg_partition_root(c.oid)
            LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
            """;

    static final String COLUMNS = """
            SELECT a.attrelid, a.attname, a.attnum, a.attgenerated, a.atttypid, a.atttypmod,
                   format_type(a.atttypid, a.atttypmod) AS sql_name,
                   coalesce(co.collisdeterministic, true) AS deterministic,
                   coalesce(array_position(k.conkey, a.attnum), 0) AS key_position,
                   CASE c.relreplident
                       WHEN 'f' THEN true
                       WHEN 'd' THEN coalesce(a.attnum = ANY (k.conkey), false)
                       WHEN 'i' THEN EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisreplident
                                             AND i.indisvalid AND a.attnum = ANY (i.indkey::int2[]))
                       ELSE false END AS in_identity
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            LEFT JOIN pg_collation co ON co.oid = a.attcollation
            LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'p'
            WHERE a.attrelid = ANY (?::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attrelid, a.attnum
            """;

    /** The types of columns, the types that domains among them constrain, and those that arrays hold. */
    static final String TYPES = """
            WITH RECURSIVE reached (oid) AS (
                SELECT atttypid FROM pg_attribute WHERE attrelid = ANY (?::oid[]) AND attnum > 0 AND NOT attisdropped
                UNION
                SELECT CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.typelem END
                FROM reached JOIN pg_type t USING (oid)
                WHERE t.typtype = 'd' OR EXISTS (SELECT FROM pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid)
            )
            SELECT t.oid, n.nspname AS type_schema, t.typname, t.typtype, format_type(t.oid, -1) AS cast_name,
                   CASE WHEN t.typtype = 'd' THEN t.typbasetype WHEN e.typarray = t.oid THEN e.oid END AS inner_oid,
                   CASE WHEN t.typtype = 'd' THEN t.typtypmod END AS inner_modifier,
                   CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) ELSE format_type(e.oid, -1) END
                       AS inner_name,
                   NOT EXISTS (SELECT FROM pg_constraint c WHERE c.contypid = t.oid AND NOT c.convalidated) AS validated,
                   ARRAY(SELECT l.enumlabel::text FROM pg_enum l WHERE l.enumtypid = t.oid ORDER BY l.enumsortorder) AS labels
            FROM reached JOIN pg_type t USING (oid)
            JOIN pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_type e ON e.oid = t.typelem
            """;

    /** How {@code lower()} works under the database's default collation; what a server does not know is absent. */
    static final String LETTERS = """
            SELECT CASE
                       WHEN provider = 'c' AND ctype IN ('C', 'POSIX') OR provider = 'b' AND locale = 'C' THEN 'ASCII'
                       WHEN encoding <> 'UTF8' THEN 'UNKNOWN'
                       WHEN provider = 'b' THEN 'ALL'
                       WHEN coalesce(CASE provider WHEN 'i' THEN locale ELSE ctype END, '') ~* '^(tr|az|lt)' THEN 'UNKNOWN'
                       ELSE 'ALL' END AS letters
            FROM (SELECT coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') AS provider, datctype::text AS ctype,
                         coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') AS locale,
                         pg_encoding_to_char(encoding) AS encoding
                  FROM pg_database d WHERE datname = current_database()) AS database
            """;

    static final String PARTITIONS = """
            SELECT root.oid AS root, n.nspname, c.relname, c.relreplident, c.relpersistence = 'p' AS logged
            FROM unnest(?::oid[]) AS root (oid)
            CROSS JOIN LATERAL pg_partition_tree(root.oid) tree
            JOIN pg_class c ON c.oid = tree.relid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE tree.isleaf AND tree.level > 0
            ORDER BY n.nspname, c.relname
            """;

    /**
     * A partition created as such has its row type and its inheritance from one transaction; one that was a table
     * before has an older row type, and brought its rows along without row events.
     */
    static final String ATTACHED = """
            SELECT root.oid AS root, tree.relid::oid::text AS oid
            FROM unnest(?::oid[]) AS root (oid)
            CROSS JOIN LATERAL pg_partition_tree(root.oid) tree
            JOIN pg_class c ON c.oid = tree.relid
            JOIN pg_type t ON t.oid = c.reltype
            JOIN pg_inherits i ON i.inhrelid = c.oid
            WHERE tree.level > 0 AND t.xmin <> i.xmin
            ORDER BY c.oid
            """;

    static final String FOREIGN_KEYS = """
            SELECT conrelid, conkey[1] AS column, confrelid, confkey[1] AS parent_column
            FROM pg_constraint
            WHERE contype = 'f' AND conrelid = ANY (?::oid[]) AND cardinality(conkey) = 1
            ORDER BY oid
            """;

    static final String PUBLICATION = """
            SELECT p.oid, p.xmin::text AS xmin, pg_get_userbyid(p.pubowner) AS owner,
                   pg_has_role(p.pubowner, 'USAGE') AS owned,
                   p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, p.pubviaroot,
                   coalesce(to_jsonb(p) ->> 'pubgencols', 'n') = 's' AS generated_stored
            FROM pg_publication p
            WHERE p.pubname = ?::name
            """;

    static final String PUBLISHED_TABLES = """
            SELECT r.oid, r.xmin::text AS xmin, r.prrelid, n.nspname, c.relname,
                   to_jsonb(r) ->> 'prqual' IS NOT NULL AS filtered,
                   coalesce(jsonb_typeof(to_jsonb(r) -> 'prattrs'), 'null') <> 'null' AS listed,
                   ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = r.prrelid
                         AND to_jsonb(r) -> 'prattrs' @> to_jsonb(a.attnum) ORDER BY a.attnum) AS columns
            FROM pg_publication_rel r
            JOIN pg_class c ON c.oid = r.prrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE r.prpubid = ?::oid
            ORDER BY n.nspname, c.relname
            """;

    /** Only from PostgreSQL 15 on. */
    static final String PUBLISHED_SCHEMAS = """
            SELECT n.nspname FROM pg_publication_namespace p JOIN pg_namespace n ON n.oid = p.pnnspid
            WHERE p.pnpubid = ?::oid ORDER BY n.nspname
            """;

    private CatalogSql() {}
}
