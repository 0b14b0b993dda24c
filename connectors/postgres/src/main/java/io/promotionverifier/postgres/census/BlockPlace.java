package io.promotionverifier.postgres.census;

import java.util.List;
import java.util.Optional;

/**
 * Where a chunk begins, as the reader tells itself from chunk to chunk.
 *
 * @param files those that it was reading; absent at the begin
 * @param block the first block
 */
record BlockPlace(Optional<String> files, long block) {
    private static final BlockPlace BEGIN = new BlockPlace(Optional.empty(), 0);

    /** A place that was left behind as {@link #texts()}; one that nobody understands is in no files. */
    static BlockPlace of(List<String> texts) {
        if (texts.isEmpty()) {
            return BEGIN;
        }
        boolean understood = texts.size() == 2 && texts.get(1).matches("\\d{1,10}");
        return understood
                ? new BlockPlace(Optional.of(texts.get(0)), Long.parseLong(texts.get(1)))
                : new BlockPlace(Optional.of(""), 0);
    }

    /** This place, if it is one of these files. */
    Optional<BlockPlace> in(String present) {
        return files.map(present::equals).orElse(true) ? Optional.of(this) : Optional.empty();
    }

    List<String> texts() {
        return List.of(files.orElseThrow(), Long.toString(block));
    }
}
