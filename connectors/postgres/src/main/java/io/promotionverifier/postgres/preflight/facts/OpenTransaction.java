package io.promotionverifier.postgres.preflight.facts;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A transaction that has written and not ended, anywhere on the server: a new slot waits for it, an old one keeps log
 * for it.
 *
 * @param who its session or name, for people
 * @param ageSeconds how long it has been open; absent if our role may not see that
 * @param end the statement that ends it; absent where none does
 */
public record OpenTransaction(String who, OptionalLong ageSeconds, Optional<String> end) {}
