package io.promotionverifier.postgres.preflight.facts;

import io.promotionverifier.postgres.access.AccessRefusedException;
import io.promotionverifier.postgres.access.SourceBusyException;
import io.promotionverifier.postgres.access.SourceFailedException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Something asked of the server.
 *
 * @param <T> what the answer holds
 */
public sealed interface Fact<T> {
    /** The value that one of the functions makes: of the answer, or of the reason why there is none. */
    <R> R either(Function<T, R> known, Function<String, R> hidden);

    /** Asks; a refusal or a lock in the way hides the fact, an unreachable server is thrown. */
    static <T> Fact<T> ask(Supplier<T> question) {
        try {
            return new Known<>(question.get());
        } catch (AccessRefusedException | SourceFailedException | SourceBusyException e) {
            return new Hidden<>(String.valueOf(e.getMessage()));
        }
    }

    /**
     * An answer.
     *
     * @param value what the server said
     */
    record Known<T>(T value) implements Fact<T> {
        @Override
        public <R> R either(Function<T, R> known, Function<String, R> hidden) {
            return known.apply(value);
        }
    }

    /**
     * No answer.
     *
     * @param reason what stood in the way
     */
    record Hidden<T>(String reason) implements Fact<T> {
        @Override
        public <R> R either(Function<T, R> known, Function<String, R> hidden) {
            return hidden.apply(reason);
        }
    }
}
