package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.ServerFacts;
import io.promotionverifier.postgres.preflight.facts.WalRate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** A limit to the log that a slot keeps: without one, a verifier that stays away fills the server's disk. */
final class WalRetentionCheck implements Check {
    private static final String NAME = "wal-retention";
    private static final String SETTING = "max_slot_wal_keep_size";
    private static final String PROPOSED = "50GB";
    private static final double PROPOSED_BYTES = 50.0 * (1L << 30);
    private static final double MEGABYTE = 1L << 20;

    /** A night and a morning: how long the verifier must be allowed to be away. */
    private static final double SHORTEST_HOURS = 24;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        Optional<WalRate> rate =
                facts.wal().either(found -> Optional.of(found).filter(WalRate::telling), hidden -> Optional.empty());
        return Check.judge(NAME, facts.server(), server -> List.of(judge(server, rate)));
    }

    private static CheckResult judge(ServerFacts server, Optional<WalRate> rate) {
        OptionalLong limit = server.number(SETTING);
        if (limit.isEmpty()) {
            return CheckResult.unknown(NAME, SETTING + " is not shown to this role");
        }
        if (limit.getAsLong() < 0) {
            return CheckResult.warn(
                            NAME,
                            SETTING
                                    + " is unlimited: while the verifier is away its slot keeps log until the disk is full ("
                                    + written(rate, PROPOSED_BYTES, PROPOSED)
                                    + "; how much room the disk has is UNKNOWN, SQL does not tell); set it well below the"
                                    + " free space: a lost slot costs a coverage gap, a full disk the application")
                    .with(SettingSql.reloaded(server, SETTING, PROPOSED));
        }
        String shown = server.setting(SETTING).orElseThrow();
        double bytes = limit.getAsLong() * MEGABYTE;
        String detail = SETTING + " is " + shown + ": " + written(rate, bytes, "it");
        boolean tooShort = rate.filter(measured -> bytes / measured.bytesPerHour() < SHORTEST_HOURS)
                .isPresent();
        return tooShort
                ? CheckResult.warn(NAME, detail + "; a verifier that is away for longer loses its slot")
                : CheckResult.pass(NAME, detail);
    }

    private static String written(Optional<WalRate> rate, double bytes, String amount) {
        return rate.map(measured -> "at the measured " + Bytes.text(measured.bytesPerHour()) + " an hour " + amount
                        + " last"
                        + (amount.equals("it") ? "s" : "")
                        + String.format(Locale.ROOT, " %.0f hours", bytes / Math.max(1, measured.bytesPerHour())))
                .orElse(
                        "for how many hours is UNKNOWN: the server's statistics are hidden or younger than ten minutes");
    }
}
