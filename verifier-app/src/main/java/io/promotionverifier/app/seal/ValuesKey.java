package io.promotionverifier.app.seal;

import io.promotionverifier.app.config.form.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The key with which values are sealed. Whoever has it can try values out; whoever loses it cannot compare old digests
 * with new ones. Immutable.
 *
 * @param secret the key
 */
public record ValuesKey(Secret secret) {
    private static final int KEY_BYTES = 32;

    /** The file in the data folder that setup makes. */
    public static Path file(Path data) {
        return data.resolve("values-key");
    }

    /** The key that setup made; absent if it has not. */
    public static Optional<ValuesKey> in(Path data) {
        try {
            return Files.exists(file(data))
                    ? Optional.of(new ValuesKey(
                            new Secret(Files.readString(file(data)).strip())))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the values key " + file(data), e);
        }
    }

    /** Makes a key that only this user can read, or returns the one that is there. */
    public static ValuesKey makeIn(Path data) {
        Optional<ValuesKey> there = in(data);
        if (there.isPresent()) {
            return there.get();
        }
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        String text = HexFormat.of().formatHex(random);
        try {
            Files.createDirectories(data);
            Files.createFile(
                    file(data), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file(data), text + "\n", StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the values key " + file(data), e);
        }
        return new ValuesKey(new Secret(text));
    }

    /** The key's bytes. */
    public byte[] bytes() {
        return secret.reveal().getBytes(StandardCharsets.UTF_8);
    }

    /** Tells two keys apart without giving either away. */
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("fingerprint:" + secret.reveal()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
