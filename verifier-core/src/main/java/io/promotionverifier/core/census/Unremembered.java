package io.promotionverifier.core.census;

/**
 * Row versions that disagreed and were not remembered, because too many rows did already: counted, and only a census
 * can tell how their rows stand.
 *
 * @param versions so many, ever
 * @param begun so many of them when the last census began
 * @param examined so many of them when the census began that has last ended
 */
public record Unremembered(long versions, long begun, long examined) {
    /** Everything was remembered. */
    public static final Unremembered NONE = new Unremembered(0, 0, 0);

    /** So many more. */
    public Unremembered plus(long more) {
        return more == 0 ? this : new Unremembered(versions + more, begun, examined);
    }

    /** A census begins: it will see all of them. */
    public Unremembered censusBegins() {
        return new Unremembered(versions, versions, examined);
    }

    /** That census has ended; what it could not remember itself has come on top since. */
    public Unremembered censusEnds() {
        return new Unremembered(versions, begun, begun);
    }

    /** Those of which no census has told since. */
    public long waiting() {
        return versions - examined;
    }

    /** Those that not even the last census that was begun has seen. */
    public long unseen() {
        return versions - begun;
    }
}
