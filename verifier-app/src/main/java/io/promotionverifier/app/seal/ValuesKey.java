package io.promotionverifier.app.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret under which values are digested. Its text is never printed; its fingerprint may be, and tells whether two
 * keys are the same. Immutable.
 */
public final class ValuesKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int NEW_KEY_BYTES = 32;
    private static final int FEWEST_CHARACTERS = 16;
    private static final int FINGERPRINT_BYTES = 8;

    private final SecretKeySpec secret;

    private ValuesKey(String text) {
        secret = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /**
     * The key of a secret's text; space around it does not count, for editors add newlines.
     *
     * @throws IllegalArgumentException if it has fewer than 16 characters
     */
    public static ValuesKey of(String text) {
        String stripped = text.strip();
        if (stripped.length() < FEWEST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "the values key has fewer than " + FEWEST_CHARACTERS + " characters: it could be guessed");
        }
        return new ValuesKey(stripped);
    }

    /**
     * Reads a key file.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IllegalArgumentException if the file holds fewer than 16 characters
     */
    public static ValuesKey read(Path file) throws IOException {
        return of(Files.readString(file));
    }

    /** Reads the key file, or makes it with a new random key, readable by its owner only. */
    public static ValuesKey readOrCreate(Path file) throws IOException {
        try {
            byte[] random = new byte[NEW_KEY_BYTES];
            new SecureRandom().nextBytes(random);
            create(file, Base64.getEncoder().encodeToString(random) + "\n");
        } catch (FileAlreadyExistsException existing) {
            return read(file);
        }
        return read(file);
    }

    private static void create(Path file, String text) throws IOException {
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Tells keys apart without telling them: it is checkpointed, and shown by {@code doctor}. */
    public String fingerprint() {
        byte[] mark = mac().doFinal("promotion verifier values key".getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mark, 0, FINGERPRINT_BYTES);
    }

    Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("a JDK without " + ALGORITHM, impossible);
        }
    }

    @Override
    public String toString() {
        return "values key " + fingerprint();
    }
}
