package io.promotionverifier.app.config.form;

import java.util.Comparator;
import java.util.List;

/** Finds the word that was probably meant. */
public final class Likeness {
    private Likeness() {}

    /** {@code ; did you mean "table"?}, or nothing when no known word is close. */
    public static String hint(String word, List<String> known) {
        int closeEnough = Math.max(1, Math.min(3, word.length() / 2));
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= closeEnough)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .map(candidate -> "; did you mean \"" + candidate + "\"?")
                .orElse("");
    }

    /** How many characters must be inserted, removed or replaced (Levenshtein), case aside. */
    private static int distance(String left, String right) {
        int[] costs = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            costs[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = costs[0];
            costs[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int above = costs[j];
                boolean same = Character.toLowerCase(left.charAt(i - 1)) == Character.toLowerCase(right.charAt(j - 1));
                costs[j] = Math.min(Math.min(above, costs[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = above;
            }
        }
        return costs[right.length()];
    }
}
