package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.preflight.facts.KnownSlot;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.ServerFacts;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code synchronized_standby_slots} (PostgreSQL 17) names standbys' slots only: every failover slot waits for all of
 * them, for ever when one is a logical slot or does not exist.
 */
final class StandbySlotsCheck implements Check {
    private static final String NAME = "synchronized-standby-slots";
    private static final String SETTING = "synchronized_standby_slots";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(
                NAME,
                facts.server(),
                server -> Check.judge(
                        NAME,
                        facts.slots(),
                        slots -> List.of(judge(server, slots, facts.request().slot()))));
    }

    private static CheckResult judge(ServerFacts server, List<KnownSlot> slots, String ours) {
        List<String> named = Arrays.stream(server.setting(SETTING).orElse("").split(","))
                .map(name -> name.strip().replaceAll("^\"|\"$", ""))
                .filter(name -> !name.isEmpty())
                .toList();
        if (named.isEmpty()) {
            return CheckResult.pass(NAME, "logical slots wait for no standby");
        }
        List<String> logical = named.stream()
                .filter(name -> name.equals(ours)
                        || slots.stream()
                                .anyMatch(slot -> slot.logical() && slot.name().equals(name)))
                .toList();
        if (!logical.isEmpty()) {
            String rest = named.stream().filter(name -> !logical.contains(name)).collect(Collectors.joining(", "));
            return CheckResult.refuse(
                            NAME,
                            SETTING + " names " + String.join(", ", logical)
                                    + ", a logical slot: it takes standbys' slots, and every failover slot stops")
                    .with(SettingSql.reloaded(server, SETTING, rest));
        }
        Set<String> streaming =
                slots.stream().filter(KnownSlot::active).map(KnownSlot::name).collect(Collectors.toSet());
        List<String> absent =
                named.stream().filter(name -> !streaming.contains(name)).toList();
        return absent.isEmpty()
                ? CheckResult.pass(NAME, "we see what " + String.join(", ", named) + " has confirmed")
                : CheckResult.warn(
                        NAME,
                        "nobody streams from " + String.join(", ", absent) + ", which " + SETTING
                                + " names: our stream stands still until somebody does");
    }
}
