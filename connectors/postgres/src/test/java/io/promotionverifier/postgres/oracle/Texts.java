package io.promotionverifier.postgres.oracle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that try a type's input rules: valid forms, near misses, and what mutation makes of them. Seeded. */
final class Texts {
    /** White space of all kinds, digits beyond ASCII, punctuation, and letters that fold to ASCII ones. */
    private static final String ODD =
            " \t\n\u000b\f\r\u00a0\u0085\u2003\u0661\uff11\u00e9\u0130\u0131\u212a+-._,:;/\\'\"(){}[]e\u0001\u007f";

    private final Random random;

    Texts(Random random) {
        this.random = random;
    }

    /** So many texts: the given ones first, then mutations and pairs of them. */
    List<String> around(List<String> forms, String alphabet, int count) {
        List<String> texts = new ArrayList<>(forms);
        while (texts.size() < count) {
            String text = pick(forms);
            int mutations = random.nextInt(4);
            for (int i = 0; i < mutations; i++) {
                text = mutate(text, alphabet);
            }
            String candidate = random.nextInt(12) == 0 ? text + pick(List.of("", " ", "T", "-")) + pick(forms) : text;
            if (isStorable(candidate)) {
                texts.add(candidate);
            }
        }
        return List.copyOf(texts.subList(0, Math.max(count, forms.size())));
    }

    /** Half a surrogate pair cannot be sent to a server. */
    private static boolean isStorable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);
    }

    private String mutate(String text, String alphabet) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + 1 + random.nextInt(2));
        String head = text.substring(0, at);
        return switch (random.nextInt(8)) {
            case 0 -> head + text.substring(to);
            case 1, 2 -> head + letter(alphabet) + text.substring(at);
            case 3 -> head + letter(alphabet) + text.substring(to);
            case 4 -> head + text.substring(at, to) + text.substring(at, to) + text.substring(to);
            case 5 -> head + text.substring(at, to).toUpperCase(java.util.Locale.ROOT) + text.substring(to);
            case 6 -> letter(ODD) + text;
            default -> random.nextBoolean() ? text + letter(ODD) : head + letter(ODD) + text.substring(to);
        };
    }

    private String letter(String alphabet) {
        return String.valueOf(alphabet.charAt(random.nextInt(alphabet.length())));
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** A number of up to so many digits, evenly by length. */
    String digits(int mostDigits) {
        StringBuilder digits = new StringBuilder();
        int length = 1 + random.nextInt(mostDigits);
        for (int i = 0; i < length; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }
}
