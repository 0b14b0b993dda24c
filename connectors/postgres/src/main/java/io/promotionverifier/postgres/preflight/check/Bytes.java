package io.promotionverifier.postgres.preflight.check;

import java.util.Locale;

/** Amounts of bytes for people. */
final class Bytes {
    private static final double STEP = 1024;
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

    private Bytes() {}

    /** {@code 12.5 MB}, in powers of 1024 as PostgreSQL counts them. */
    static String text(double bytes) {
        int unit = 0;
        double amount = bytes;
        while (amount >= STEP && unit < UNITS.length - 1) {
            amount /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
    }
}
