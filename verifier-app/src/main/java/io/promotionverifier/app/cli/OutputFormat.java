package io.promotionverifier.app.cli;

/** How results are printed on stdout. */
public enum OutputFormat {
    /** For people. */
    TEXT,
    /** One JSON value. */
    JSON,
    /** One JSON value on each line. */
    NDJSON
}
