package io.promotionverifier.postgres.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The examples of docs/equality.md: each row of its tables, {@code | type | column | document | verdict |}, or with a
 * verdict before 16 and one from 16 on.
 */
final class EqualityPage {
    private static final String HEAD = "| type | column | document |";

    private EqualityPage() {}

    /** All examples, in the order of the page. */
    static List<KeptCase> examples() {
        List<KeptCase> examples = new ArrayList<>();
        boolean inside = false;
        for (String line : lines()) {
            if (line.startsWith(HEAD)) {
                inside = true;
            } else if (!line.startsWith("|")) {
                inside = false;
            } else if (inside && !line.startsWith("|---")) {
                examples.add(example(line));
            }
        }
        return examples;
    }

    private static KeptCase example(String line) {
        List<String> cells = Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(EqualityPage::content)
                .toList();
        List<String> verdicts = cells.subList(3, cells.size());
        return new KeptCase(
                "docs/equality.md " + line,
                cells.get(0),
                cells.get(1),
                document(cells.get(2)),
                List.of("v"),
                Optional.of(new KeptCase.Told(verdicts.get(0), verdicts.get(verdicts.size() - 1))));
    }

    /** What stands between the back quotes. */
    private static String content(String cell) {
        String code = cell.strip();
        if (!code.startsWith("`") || !code.endsWith("`")) {
            throw new IllegalArgumentException("not in back quotes: " + cell);
        }
        return code.substring(1, code.length() - 1).replaceFirst(" \\((\\w+)\\)$", " $1");
    }

    private static String document(String cell) {
        if (cell.equals("NULL")) {
            return cell;
        }
        boolean json = cell.startsWith("json ");
        return json ? "json " + OracleTable.literal(cell.substring(5)) : "jsonb " + OracleTable.literal(cell);
    }

    private static List<String> lines() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/equality.md"))) {
            folder = Optional.ofNullable(folder.getParent()).orElseThrow();
        }
        try {
            return Files.readAllLines(folder.resolve("docs/equality.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
