package io.promotionverifier.kafka.read;

/** A list shall go on behind a finding that there is not. Asking again does not help. */
public final class NoSuchFindingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSuchFindingException(String id) {
        super("there is no finding " + id + " to go on behind");
    }
}
