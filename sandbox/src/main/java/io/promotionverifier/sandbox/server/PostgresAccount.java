package io.promotionverifier.sandbox.server;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The user that PostgreSQL runs as: ourselves, or, since it refuses root, a way out of root.
 *
 * @param prefix what to put before a command so that it runs as this user
 * @param owner who must own the data, as {@code chown} takes it; empty to leave it alone
 */
record PostgresAccount(List<String> prefix, String owner) {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final PostgresAccount SELF = new PostgresAccount(List.of(), "");

    /** A user name space in which root is nobody; blocked by Docker's default seccomp profile. */
    static final PostgresAccount NAME_SPACE = new PostgresAccount(List.of("unshare", "-U"), "0:0");

    /** The user nobody by number, as no user need exist by name. */
    static final PostgresAccount NOBODY =
            new PostgresAccount(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), "65534:65534");

    static List<PostgresAccount> candidates(boolean root) {
        return root ? List.of(NAME_SPACE, NOBODY) : List.of(SELF);
    }

    static boolean root() throws IOException {
        return Command.run(List.of("sh", "-c", "test \"$(id -u)\" = 0"), Redirect.DISCARD, LIMIT) == 0;
    }

    /** Chooses the first candidate that is not root and reaches both the folder and the binaries. */
    static PostgresAccount choose(List<PostgresAccount> candidates, Path folder, PostgresBinaries binaries) {
        return candidates.stream()
                .filter(candidate -> candidate.reaches(folder, binaries))
                .findFirst()
                .orElseThrow(() -> new SandboxException("The embedded PostgreSQL cannot run here: it refuses root, and"
                        + " neither `unshare -U` nor `setpriv --reuid=65534` gives a user that reaches " + folder
                        + " and " + binaries.home() + ". Start as an ordinary user, or choose a data directory (and -D"
                        + PostgresBinaries.CACHE_PROPERTY + ") below folders that every user may enter."));
    }

    private boolean reaches(Path folder, PostgresBinaries binaries) {
        String question = "test \"$(id -u)\" != 0 && test -x \"$1\" && test -x \"$2\"";
        List<String> probe = List.of("sh", "-c", question, "probe", folder.toString(), binaries.program("postgres"));
        try {
            return Command.run(line(probe), Redirect.DISCARD, LIMIT) == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    List<String> line(List<String> command) {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(command);
        return line;
    }

    /** Hands a file or folder, with all below it, to this user. */
    void own(Path path) throws IOException {
        if (owner.isEmpty()) {
            return;
        }
        if (Command.run(List.of("chown", "-R", owner, path.toString()), Redirect.DISCARD, LIMIT) != 0) {
            throw new SandboxException("The owner of " + path + " could not be set to " + owner
                    + ". Choose a data directory on a file system that allows it.");
        }
    }
}
