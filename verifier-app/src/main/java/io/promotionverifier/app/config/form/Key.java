package io.promotionverifier.app.config.form;

import java.util.Optional;
import java.util.function.Function;

/**
 * A key of a section: the one description that loader, JSON Schema and documentation share. Keys are told apart by
 * identity, so each is a constant.
 *
 * @param <T> what its value reads as
 */
public final class Key<T> {
    private final String name;
    private final Form<T> form;
    private final Presence presence;
    private final Function<Values, Optional<String>> fallback;
    private final String fallbackInWords;
    private final String meaning;

    /** Whether a key must be given. */
    public enum Presence {
        REQUIRED,
        DEFAULTED,
        OPTIONAL
    }

    private Key(
            String name,
            Form<T> form,
            Presence presence,
            Function<Values, Optional<String>> fallback,
            String fallbackInWords,
            String meaning) {
        this.name = name;
        this.form = form;
        this.presence = presence;
        this.fallback = fallback;
        this.fallbackInWords = fallbackInWords;
        this.meaning = meaning;
    }

    /** A key that must be given. */
    public static <T> Key<T> required(String name, Form<T> form, String meaning) {
        return new Key<>(name, form, Presence.REQUIRED, values -> Optional.empty(), "", meaning);
    }

    /** A key with a default, written as YAML. */
    public static <T> Key<T> defaulted(String name, Form<T> form, String fallback, String meaning) {
        return new Key<>(name, form, Presence.DEFAULTED, values -> Optional.of(fallback), fallback, meaning);
    }

    /**
     * A key whose default follows from keys before it.
     *
     * @param fallback the default as YAML; absent while those keys have no value
     * @param fallbackInWords the default for the documentation
     */
    public static <T> Key<T> derived(
            String name,
            Form<T> form,
            Function<Values, Optional<String>> fallback,
            String fallbackInWords,
            String meaning) {
        return new Key<>(name, form, Presence.DEFAULTED, fallback, fallbackInWords, meaning);
    }

    /** A section that is there with its own defaults when it is not given. */
    public static <T> Key<T> section(String name, Section<T> form, String meaning) {
        return defaulted(name, form, "{}", meaning);
    }

    /** A key that may be absent. */
    public static <T> Key<T> optional(String name, Form<T> form, String meaning) {
        return new Key<>(name, form, Presence.OPTIONAL, values -> Optional.empty(), "", meaning);
    }

    /** The key as it is written. */
    public String name() {
        return name;
    }

    /** What its value looks like. */
    public Form<T> form() {
        return form;
    }

    /** Whether it must be given. */
    public Presence presence() {
        return presence;
    }

    /** The default as YAML, if there is one, beside what was read of the keys before. */
    Optional<String> fallback(Values values) {
        return fallback.apply(values);
    }

    /** The default for the documentation; empty without one. */
    public String fallbackInWords() {
        return fallbackInWords;
    }

    /** One sentence for the documentation. */
    public String meaning() {
        return meaning;
    }
}
