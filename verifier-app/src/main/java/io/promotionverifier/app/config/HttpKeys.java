package io.promotionverifier.app.config;

import io.promotionverifier.app.config.form.Forms;
import io.promotionverifier.app.config.form.Key;
import io.promotionverifier.app.config.form.ListForm;
import io.promotionverifier.app.config.form.Secret;
import io.promotionverifier.app.config.form.Section;
import java.util.List;

/** The keys of {@code http} and {@code auth}. */
final class HttpKeys {
    static final Key<String> BIND = Key.defaulted(
            "bind",
            Forms.text("an address", "[A-Za-z0-9.:_\\[\\]%-]+"),
            "127.0.0.1",
            "The address that is listened on; any but loopback needs `auth.token`.");
    static final Key<Long> PORT =
            Key.defaulted("port", Forms.integer(0, 65_535), "8080", "The port; 0 takes any free one.");
    static final Key<List<String>> HOSTS = Key.defaulted(
            "hosts",
            new ListForm<>(Forms.text("a host name", "[^\\s/]+"), 1),
            "[localhost, 127.0.0.1]",
            "The Host headers that are answered; others are refused.");
    static final Key<Secret> TOKEN = Key.optional(
            "token", Forms.secret(), "The bearer token for what changes things; without it nothing can be changed.");

    static final Section<HttpConfig> HTTP = Section.of(
            List.of(BIND, PORT, HOSTS),
            values -> new HttpConfig(values.get(BIND), Math.toIntExact(values.get(PORT)), values.get(HOSTS)));
    static final Section<AuthConfig> AUTH = Section.of(List.of(TOKEN), values -> new AuthConfig(values.find(TOKEN)));

    private HttpKeys() {}
}
