package io.promotionverifier.app.cli;

/** How log lines are printed on stderr. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** One JSON object on each line (Elastic Common Schema). */
    JSON
}
