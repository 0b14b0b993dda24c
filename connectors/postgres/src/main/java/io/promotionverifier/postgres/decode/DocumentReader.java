package io.promotionverifier.postgres.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.DocumentValue.Absence;
import io.promotionverifier.core.change.DocumentValue.Shape;
import io.promotionverifier.core.change.Unreadable;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/**
 * Reads the values under several paths out of a document's text in one pass, as {@code document #>> path} does.
 * Immutable; safe for use by many threads.
 *
 * <p>What PostgreSQL refuses to extract (see {@link JsonEscapes}) is given as a text that no type accepts,
 * {@code U+0000}: the cast that defines equality fails there, so the comparator must say uncastable.
 */
final class DocumentReader {
    /** PostgreSQL's own bounds are 2^28 bytes of a jsonb container and its stack; ours lie above both. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(100_000)
            .maxNumberLength(200_000)
            .maxStringLength(1 << 28)
            .maxNameLength(1 << 28)
            .build();

    /** Field names are used once, so a table of them only costs, and one that rejects collisions would throw. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(LIMITS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    static final DocumentValue REFUSED = new DocumentValue.Present(Shape.STRING, "\0");

    /**
     * In {@code json} PostgreSQL counts a negative subscript from the end of the first array at that depth, on the path
     * or not (seen on 15 and 17; {@code get_array_start} overwrites the subscript): nobody means that element.
     */
    private static final DocumentValue UNKNOWN_ELEMENT = new DocumentValue.Unavailable(Unreadable.SCHEMA);

    private static final DocumentValue MISSING = new DocumentValue.Absent(Absence.MISSING_KEY);

    private final PathTree tree;
    private final int paths;

    /** @param paths literal keys from the outside in; an empty path means the whole document */
    DocumentReader(List<List<String>> paths) {
        this.tree = PathTree.of(paths);
        this.paths = paths.size();
    }

    /**
     * The values, in the order of the paths. Never throws: what lies beyond our limits, or is no JSON, is unavailable.
     *
     * @param document the text as PostgreSQL prints it
     * @param normalised true for {@code jsonb}, whose keys are unique; in {@code json} the last of several wins
     */
    List<DocumentValue> read(String document, boolean normalised) {
        if (!normalised && JsonEscapes.refused(document)) {
            return Collections.nCopies(paths, REFUSED);
        }
        DocumentValue[] found = new DocumentValue[paths];
        try (JsonParser parser = JSON.createParser(document)) {
            if (parser.nextToken() == null) {
                return all(Unreadable.SCHEMA);
            }
            new Pass(document, found, normalised).value(parser, tree);
        } catch (StreamConstraintsException e) {
            return all(Unreadable.LIMIT);
        } catch (JsonProcessingException e) {
            return all(Unreadable.SCHEMA);
        } catch (IOException e) {
            throw new IllegalStateException("reading a string does no I/O", e);
        }
        for (int i = 0; i < paths; i++) {
            found[i] = found[i] == null ? MISSING : found[i];
        }
        return List.of(found);
    }

    private List<DocumentValue> all(Unreadable why) {
        return Collections.nCopies(paths, new DocumentValue.Unavailable(why));
    }

    /** One walk over one text. */
    private static final class Pass {
        private final String text;
        private final DocumentValue[] found;
        private final boolean normalised;
        private int missing;

        Pass(String text, DocumentValue[] found, boolean normalised) {
            this.text = text;
            this.found = found;
            this.normalised = normalised;
            this.missing = found.length;
        }

        private boolean isComplete() {
            return normalised && missing == 0;
        }

        void value(JsonParser parser, PathTree node) throws IOException {
            boolean wanted = !node.targets().isEmpty();
            int start = wanted ? start(parser) : 0;
            if (parser.currentToken().isScalarValue()) {
                if (wanted) {
                    set(node, scalar(parser));
                }
                return;
            }
            Shape shape = parser.isExpectedStartArrayToken() ? Shape.ARRAY : Shape.OBJECT;
            if (node.isLeaf()) {
                parser.skipChildren();
            } else if (shape == Shape.ARRAY) {
                array(parser, node);
            } else {
                members(parser, node);
            }
            if (wanted) {
                set(node, new DocumentValue.Present(shape, text.substring(start, end(parser))));
            }
        }

        private void members(JsonParser parser, PathTree node) throws IOException {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                PathTree below = node.member(name);
                if (below == null) {
                    parser.skipChildren();
                    continue;
                }
                value(parser, below);
                if (isComplete()) {
                    return;
                }
            }
        }

        private void array(JsonParser parser, PathTree node) throws IOException {
            if (!node.countsFromEnd() || !normalised) {
                node.targetsFromEnd().forEach(target -> set(target, UNKNOWN_ELEMENT));
                elements(parser, node, 0);
                return;
            }
            int start = start(parser);
            int length = count(parser);
            String part = text.substring(start, end(parser));
            try (JsonParser again = JSON.createParser(part)) {
                again.nextToken();
                new Pass(part, found, normalised).elements(again, node, length);
            }
        }

        private static int count(JsonParser parser) throws IOException {
            int length = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
                length++;
            }
            return length;
        }

        private void elements(JsonParser parser, PathTree node, int length) throws IOException {
            int place = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                List<PathTree> below = node.element(place++, length);
                if (below.isEmpty()) {
                    parser.skipChildren();
                } else if (below.size() == 1) {
                    value(parser, below.get(0));
                } else {
                    each(parser, below);
                }
                if (isComplete()) {
                    return;
                }
            }
        }

        private void each(JsonParser parser, List<PathTree> below) throws IOException {
            int start = start(parser);
            parser.skipChildren();
            parser.finishToken();
            String part = text.substring(start, end(parser));
            for (PathTree node : below) {
                try (JsonParser again = JSON.createParser(part)) {
                    again.nextToken();
                    new Pass(part, found, normalised).value(again, node);
                }
            }
        }

        private DocumentValue scalar(JsonParser parser) throws IOException {
            return switch (parser.currentToken()) {
                case VALUE_NULL -> new DocumentValue.Absent(Absence.JSON_NULL);
                case VALUE_STRING -> new DocumentValue.Present(Shape.STRING, parser.getText());
                case VALUE_TRUE, VALUE_FALSE -> new DocumentValue.Present(Shape.BOOLEAN, word(parser));
                default -> new DocumentValue.Present(Shape.NUMBER, word(parser));
            };
        }

        /** Of a {@code json} that is one word, PostgreSQL keeps the blanks before it and drops those behind. */
        private String word(JsonParser parser) throws IOException {
            String blanks = parser.getParsingContext().inRoot() ? text.substring(0, start(parser)) : "";
            return blanks + parser.getText();
        }

        private void set(PathTree node, DocumentValue value) {
            node.targets().forEach(target -> set(target, value));
        }

        private void set(int target, DocumentValue value) {
            missing -= found[target] == null ? 1 : 0;
            found[target] = value;
        }

        private static int start(JsonParser parser) {
            return Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        }

        private static int end(JsonParser parser) {
            return Math.toIntExact(parser.currentLocation().getCharOffset());
        }
    }
}
