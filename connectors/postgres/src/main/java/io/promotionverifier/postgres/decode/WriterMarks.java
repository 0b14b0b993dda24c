package io.promotionverifier.postgres.decode;

import io.promotionverifier.core.change.Origin;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the transaction in hand has said of its writer, by transactional messages through the log: a mark holds for the
 * rows of its transaction that come after it. Confined to the engine's thread.
 *
 * <p>Survives no restart and need not: the slot shows a transaction again from its beginning, marks included.
 */
public final class WriterMarks {
    /** The prefix of the message in which an application names itself. */
    public static final String WRITER = "verifier.writer";

    /** The prefix of the message that marks a backfill; also the name of a replication origin that does. */
    public static final String BACKFILL = "verifier.backfill";

    /** All prefixes. */
    public static final List<String> PREFIXES = List.of(WRITER, BACKFILL);

    private static final int MOST_CHARACTERS = 200;

    private long transaction;
    private Origin origin = Origin.LIVE;
    private Optional<String> writer = Optional.empty();
    private Optional<String> backfill = Optional.empty();

    /** A transaction says something; what is no mark is passed over. */
    void told(long id, String prefix, String content) {
        enter(id);
        if (prefix.equals(WRITER)) {
            writer = cleaned(content);
        } else if (prefix.equals(BACKFILL)) {
            origin = Origin.BACKFILL;
            backfill = cleaned(content);
        }
    }

    /**
     * Who caused a row change.
     *
     * @param replicationOrigin the origin under which its transaction was replayed, or null
     */
    Origin origin(long id, @Nullable String replicationOrigin) {
        enter(id);
        boolean marked = replicationOrigin != null
                && (replicationOrigin.equals(BACKFILL) || replicationOrigin.startsWith(BACKFILL + "."));
        return marked ? Origin.BACKFILL : origin;
    }

    /** How the writer of a row change names itself; a backfill that does not is named by its mark. */
    Optional<String> writer(long id) {
        enter(id);
        return writer.or(() -> backfill);
    }

    private void enter(long id) {
        if (id != transaction) {
            transaction = id;
            origin = Origin.LIVE;
            writer = Optional.empty();
            backfill = Optional.empty();
        }
    }

    /** Whatever an application writes there reaches events and pages: one short line of text, or nothing. */
    private static Optional<String> cleaned(String content) {
        StringBuilder text = new StringBuilder();
        content.codePoints()
                .filter(WriterMarks::isPrintable)
                .limit(MOST_CHARACTERS)
                .forEach(text::appendCodePoint);
        return Optional.of(text.toString().strip()).filter(name -> !name.isEmpty());
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
