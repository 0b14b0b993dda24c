package io.promotionverifier.postgres.oracle;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promotionverifier.core.promotion.DocumentPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A row that was judged wrongly once, or might be: a line {@code name | type | column | document | path} of a file
 * {@code oracle/*.cases}. Column and document are SQL expressions ({@code NULL}, {@code '1.50'}, {@code jsonb '{"v":
 * 1.5}'}, {@code json '…'}), the path is a JSON array of literal keys. The server says what is right.
 *
 * @param name a law in few words
 * @param type the column's type in SQL
 * @param column the promoted column's value in SQL
 * @param document the document in SQL
 * @param path where the promotion reads
 * @param told the verdict that a page of ours promises
 */
record KeptCase(String name, String type, String column, String document, List<String> path, Optional<Told> told) {
    /**
     * A verdict in words.
     *
     * @param before on servers before 16
     * @param since on 16 and later
     */
    record Told(String before, String since) {
        String on(int major) {
            return major < 16 ? before : since;
        }
    }

    private static final List<String> FILES = List.of("rows.cases", "absence.cases", "documents.cases", "values.cases");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** All lines of all files, and the examples of the page. */
    static List<KeptCase> all() {
        List<KeptCase> cases = new ArrayList<>(EqualityPage.examples());
        for (String file : FILES) {
            lines(file)
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> cases.add(parse(line)));
        }
        return cases;
    }

    private static Stream<String> lines(String file) {
        try (InputStream stream = KeptCase.class.getResourceAsStream("/oracle/" + file)) {
            return new String(Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeptCase parse(String line) {
        String[] parts = line.split(" \\| ", -1);
        if (parts.length != 5) {
            throw new IllegalArgumentException("Not of the form name | type | column | document | path: " + line);
        }
        try {
            List<String> path = JSON.readValue(parts[4], new TypeReference<List<String>>() {});
            return new KeptCase(
                    parts[0].strip(), parts[1].strip(), parts[2].strip(), parts[3].strip(), path, Optional.empty());
        } catch (IOException e) {
            throw new IllegalArgumentException("The path is no JSON array of strings: " + line, e);
        }
    }

    /** The table of these that is for such cases. */
    OracleTable table(List<OracleTable> tables) {
        return tables.stream()
                .filter(each -> each.name().startsWith("kept_"))
                .filter(each -> each.type().sqlType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** The column that takes the document. */
    String documentColumn() {
        return document.startsWith("json ") ? "j" : "b";
    }

    /** What is wrong with the verdicts on this case; empty if nothing is. */
    Optional<String> objection(OracleDatabase.Judged judged, int major) {
        boolean disagree = !judged.agrees() && !judged.isExcused();
        boolean untold = told.isPresent() && !told.get().on(major).equals(judged.actual());
        return disagree || untold
                ? Optional.of(name + ": server " + judged.expected() + ", we " + judged.actual())
                : Optional.empty();
    }

    /** True if this is the promotion that the case is about. */
    boolean isAbout(OracleDatabase.Judged judged) {
        DocumentPath from = judged.table().promotions().get(judged.promotion());
        return from.equals(new DocumentPath(documentColumn(), path));
    }
}
