package io.promotionverifier.sandbox.server;

import java.nio.file.Path;

/** A server folder that a living process holds. Retrying helps only once that process has gone. */
public final class FolderInUseException extends SandboxException {
    FolderInUseException(Path folder, String holder) {
        super("The folder " + folder + " is in use by process " + holder
                + ". Stop that process or choose another data directory.");
    }
}
