package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.preflight.facts.ServerFacts;
import java.util.Optional;

/**
 * A limit of the server and how much of it is used.
 *
 * @param name the check's name
 * @param setting the setting that holds the limit
 * @param what what is counted, in the plural
 */
record Room(String name, String setting, String what) {
    /** Passes while one more fits. */
    CheckResult judge(ServerFacts server, int used) {
        Optional<String> shown = server.setting(setting);
        if (shown.isEmpty()) {
            return CheckResult.unknown(name, setting + " is not shown to this role");
        }
        int limit = Integer.parseInt(shown.orElseThrow());
        String detail = used + " of " + limit + " " + what + " in use";
        return used < limit
                ? CheckResult.pass(name, detail)
                : CheckResult.refuse(name, detail + ": no room for ours; raising " + setting + " takes a restart")
                        .with(SettingSql.restarted(server, setting, String.valueOf(limit + 4)));
    }
}
