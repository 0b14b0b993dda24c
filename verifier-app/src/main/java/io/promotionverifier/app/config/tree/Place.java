package io.promotionverifier.app.config.tree;

/**
 * Where a piece of configuration was written.
 *
 * @param origin the file as the user named it, or {@code --set}
 * @param line from 1; 0 where lines mean nothing
 * @param column from 1; 0 where lines mean nothing
 */
public record Place(String origin, int line, int column) {
    /** The place of everything given by {@code --set}. */
    public static final Place SET = new Place("--set", 0, 0);

    /** A file as a whole. */
    public static Place of(String file) {
        return new Place(file, 0, 0);
    }

    /** True where line and column mean something: in a file, not in {@code --set}. */
    public boolean hasLine() {
        return line > 0 && !origin.equals(SET.origin);
    }

    @Override
    public String toString() {
        return hasLine() ? origin + ":" + line + ":" + column : origin;
    }
}
