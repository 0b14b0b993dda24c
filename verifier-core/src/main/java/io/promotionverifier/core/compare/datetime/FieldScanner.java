package io.promotionverifier.core.compare.datetime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Cuts one text into fields. Single use, confined to one thread. */
final class FieldScanner {
    private static final int MOST_FIELDS = 25;

    private final String input;
    private final int workSpace;
    private final List<Field> fields = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private int at;
    private int used;

    private FieldScanner(String input, int workSpace) {
        this.input = input;
        this.workSpace = workSpace;
    }

    /**
     * The fields of a text, or empty if it holds something that belongs to no field or too much.
     *
     * @param workSpace what the server has for the characters of all fields and one more for each field
     */
    static Optional<List<Field>> scan(String text, int workSpace) {
        FieldScanner scanner = new FieldScanner(text, workSpace);
        return scanner.scan() ? Optional.of(scanner.fields) : Optional.empty();
    }

    private boolean scan() {
        while (at < input.length()) {
            char c = input.charAt(at);
            if (Ascii.isSpace(c)) {
                at++;
            } else if (fields.size() >= MOST_FIELDS) {
                return false;
            } else if (Ascii.isPunctuation(c) && !startsField(c)) {
                at++;
            } else if (!scanField(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsField(char c) {
        return c == '.' || c == '+' || c == '-';
    }

    private boolean scanField(char first) {
        field.setLength(0);
        Optional<Field.Kind> kind = kindOf(first);
        if (kind.isEmpty() || used + field.length() > workSpace) {
            return false;
        }
        used += field.length() + 1;
        fields.add(new Field(kind.get(), field.toString()));
        return true;
    }

    private Optional<Field.Kind> kindOf(char first) {
        if (Ascii.isDigit(first)) {
            return Optional.of(startingWithDigit());
        }
        if (Ascii.isLetter(first)) {
            return Optional.of(startingWithLetter());
        }
        if (first == '.') {
            takeOne();
            takeDigits();
            return Optional.of(Field.Kind.NUMBER);
        }
        return first == '+' || first == '-' ? startingWithSign() : Optional.empty();
    }

    private Field.Kind startingWithDigit() {
        takeDigits();
        char delimiter = peek();
        if (delimiter == ':') {
            take(c -> Ascii.isDigit((char) c) || c == ':' || c == '.');
            return Field.Kind.TIME;
        }
        if (delimiter != '-' && delimiter != '/' && delimiter != '.') {
            return Field.Kind.NUMBER;
        }
        takeOne();
        if (!Ascii.isDigit(peek())) {
            take(c -> Ascii.isLetterOrDigit((char) c) || c == delimiter);
            return Field.Kind.DATE;
        }
        takeDigits();
        if (peek() == delimiter) {
            take(c -> Ascii.isDigit((char) c) || c == delimiter);
            return Field.Kind.DATE;
        }
        return delimiter == '.' ? Field.Kind.NUMBER : Field.Kind.DATE;
    }

    /** A word, a date that begins with a month's name, or a zone's name. */
    private Field.Kind startingWithLetter() {
        take(c -> Ascii.isLetter((char) c));
        char next = peek();
        boolean joined = next == '-' || next == '/' || next == '.';
        boolean run = next == '+' || Ascii.isDigit(next);
        if (!joined && !(run && !Word.isKeyword(field.toString()))) {
            return Field.Kind.WORD;
        }
        take(c -> Ascii.isLetterOrDigit((char) c) || "+-/_.:".indexOf(c) >= 0);
        return Field.Kind.DATE;
    }

    private Optional<Field.Kind> startingWithSign() {
        takeOne();
        while (Ascii.isSpace(peek())) {
            at++;
        }
        if (Ascii.isDigit(peek())) {
            take(c -> Ascii.isDigit((char) c) || c == ':' || c == '.' || c == '-');
            return Optional.of(Field.Kind.OFFSET);
        }
        if (Ascii.isLetter(peek())) {
            take(c -> Ascii.isLetter((char) c));
            return Optional.of(Field.Kind.SIGNED_WORD);
        }
        return Optional.empty();
    }

    /** The next character, or NUL at the end: PostgreSQL's texts end with one and hold none. */
    private char peek() {
        return at < input.length() ? input.charAt(at) : 0;
    }

    private void takeOne() {
        field.append(Ascii.lower(input.charAt(at)));
        at++;
    }

    private void takeDigits() {
        take(c -> Ascii.isDigit((char) c));
    }

    private void take(IntPredicate wanted) {
        while (at < input.length() && wanted.test(input.charAt(at))) {
            takeOne();
        }
    }
}
