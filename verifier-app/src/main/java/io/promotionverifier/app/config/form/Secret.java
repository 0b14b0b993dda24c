package io.promotionverifier.app.config.form;

/** A text that must not be seen: it prints as asterisks everywhere. Immutable. */
public final class Secret {
    /** What is shown instead of a secret. */
    public static final String MASK = "***";

    private final String text;

    /** A secret with this text. */
    public Secret(String text) {
        this.text = text;
    }

    /** The text itself, for the one place that needs it; never for a log, an event or a message. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }
}
