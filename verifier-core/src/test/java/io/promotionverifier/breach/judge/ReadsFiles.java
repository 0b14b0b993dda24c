package io.promotionverifier.breach.judge;

import java.nio.file.Files;
import java.nio.file.Path;

/** Does I/O. */
public final class ReadsFiles {
    /** Whether a file is there. */
    public boolean isThere() {
        return Files.exists(Path.of("there"));
    }
}
