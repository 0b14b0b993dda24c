package io.promotionverifier.sandbox.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * An installation of PostgreSQL: the folder that holds {@code bin/initdb}, {@code bin/pg_ctl} and {@code bin/postgres}.
 *
 * @param home the installation's folder, absolute
 */
record PostgresBinaries(Path home) {
    /** The system property that moves the cache of unpacked binaries. */
    static final String CACHE_PROPERTY = "verifier.cache.directory";

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    /** Unpacks the binaries on the class path for this machine into the cache, once; safe against a second process. */
    static PostgresBinaries unpacked(boolean root) throws IOException {
        return unpacked(cache(root));
    }

    /** An installation, or what an archive like the one on the class path holds: perhaps another version. */
    static PostgresBinaries at(Path place, boolean root) throws IOException {
        return Files.isRegularFile(place) ? unpacked(cache(root), place.toUri().toURL()) : new PostgresBinaries(place);
    }

    static PostgresBinaries unpacked(Path cache) throws IOException {
        return unpacked(cache, archive());
    }

    private static PostgresBinaries unpacked(Path cache, URL archive) throws IOException {
        Path home = cache.resolve("postgres-" + digest(archive).substring(0, 16));
        if (!Files.isDirectory(home)) {
            Files.createDirectories(cache);
            Path draft = Files.createTempDirectory(cache, "unpacking-");
            unpack(archive, draft.resolve("home"));
            publish(draft.resolve("home"), home);
            Folders.delete(draft);
        }
        return new PostgresBinaries(home);
    }

    /** Only the rename makes an installation visible, so whatever is visible is whole; the slower of two loses. */
    private static void publish(Path draft, Path home) throws IOException {
        try {
            Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException lost) {
            if (!Files.isDirectory(home)) {
                throw lost;
            }
        }
    }

    private static void unpack(URL archive, Path target) throws IOException {
        try (InputStream packed = open(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                extract(tar, entry, target);
                entry = tar.getNextEntry();
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new SandboxException("The PostgreSQL archive names a file outside itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            path.toFile().setExecutable((entry.getMode() & 0100) != 0, false);
        }
    }

    private static URL archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String name = "postgres-" + (system.startsWith("mac") ? "darwin" : system) + "-" + processor(machine) + ".txz";
        return Optional.ofNullable(PostgresBinaries.class.getResource("/" + name))
                .orElseThrow(() ->
                        new SandboxException("No embedded PostgreSQL for " + system + " on " + machine + " (" + name
                                + " is not on the class path). It comes for linux and darwin, on amd64 and arm64;"
                                + " elsewhere name an installed PostgreSQL."));
    }

    private static String processor(String machine) {
        return switch (machine) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> machine;
        };
    }

    private static String digest(URL archive) throws IOException {
        try (DigestInputStream content = new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
            content.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(content.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static InputStream open(URL archive) throws IOException {
        return new BufferedInputStream(archive.openStream());
    }

    /** Root's own cache would hide the binaries from the user that PostgreSQL has to run as. */
    private static Path cache(boolean root) {
        String chosen = System.getProperty(CACHE_PROPERTY, "");
        String shared = Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).orElse("");
        if (!chosen.isEmpty()) {
            return Path.of(chosen).toAbsolutePath();
        }
        if (root) {
            return Path.of("/var/cache/promotion-verifier");
        }
        Path own = shared.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(shared);
        return own.resolve("promotion-verifier").toAbsolutePath();
    }
}
