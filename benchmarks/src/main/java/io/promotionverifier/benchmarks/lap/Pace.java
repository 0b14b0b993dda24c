package io.promotionverifier.benchmarks.lap;

import java.util.OptionalDouble;

/**
 * How fast a lap went.
 *
 * @param rows row changes read
 * @param overall rows in a second, from the first batch to the last
 * @param secondHalf rows in a second over the second half, when the JIT has warmed up; absent where only the whole was
 *     timed
 */
public record Pace(long rows, double overall, OptionalDouble secondHalf) {
    private static final String NOT_TIMED = "-";

    /** One line, for the process that asked. */
    public String line() {
        String half = secondHalf.isPresent() ? Double.toString(secondHalf.getAsDouble()) : NOT_TIMED;
        return rows + " " + overall + " " + half;
    }

    /**
     * Reads it back.
     *
     * @throws IllegalArgumentException if the text is no such line
     */
    public static Pace parse(String line) {
        String[] words = line.strip().split(" ", -1);
        if (words.length != 3) {
            throw new IllegalArgumentException("not the end of a lap: " + line);
        }
        OptionalDouble half =
                words[2].equals(NOT_TIMED) ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(words[2]));
        return new Pace(Long.parseLong(words[0]), Double.parseDouble(words[1]), half);
    }
}
