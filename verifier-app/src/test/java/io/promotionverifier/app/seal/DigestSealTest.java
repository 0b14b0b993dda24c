package io.promotionverifier.app.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promotionverifier.core.compare.SealedValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digests of values, and the key they depend on. */
final class DigestSealTest {
    private static final ValuesKey KEY = ValuesKey.of("sixteen letters!");

    @Test
    void aDigestIsTheFirstHalfOfTheHmacThatAnyoneWithTheKeyComputes() {
        assertThat(new DigestSeal(KEY).seal("urgent"))
                .isEqualTo(new SealedValue("d5f1e6556372991a3969b1e937ce7e61", 6, false));
    }

    @Test
    void equalValuesHaveEqualDigestsDifferentOnesAndOtherKeysDoNot() {
        DigestSeal seal = new DigestSeal(KEY);
        assertThat(seal.seal("high")).isEqualTo(seal.seal("high"));
        assertThat(IntStream.range(0, 10_000)
                        .mapToObj(i -> seal.seal("v" + i).mark())
                        .collect(Collectors.toSet()))
                .hasSize(10_000);
        assertThat(new DigestSeal(ValuesKey.of("another 16 chars")).seal("high").mark())
                .isNotEqualTo(seal.seal("high").mark());
    }

    @Test
    void theLengthCountsCharactersAsPostgresDoes() {
        assertThat(new DigestSeal(KEY).seal("ü🙂").length()).isEqualTo(2);
        assertThat(new DigestSeal(KEY).seal("").length()).isZero();
    }

    @Test
    void manyThreadsMayShareASeal() {
        DigestSeal seal = new DigestSeal(KEY);
        String value = "x".repeat(new Random(7).nextInt(1_000));
        String mark = seal.seal(value).mark();
        assertThat(IntStream.range(0, 8)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> IntStream.range(0, 1_000)
                                .allMatch(n -> seal.seal(value).mark().equals(mark))))
                        .toList())
                .allMatch(CompletableFuture::join);
    }

    @Test
    void aKeyFileIsMadeOnceForItsOwnerOnly(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("data").resolve("values-key");
        ValuesKey made = ValuesKey.readOrCreate(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(ValuesKey.readOrCreate(file).fingerprint()).isEqualTo(made.fingerprint());
        assertThat(ValuesKey.of(Files.readString(file)).fingerprint()).isEqualTo(made.fingerprint());
        assertThat(ValuesKey.readOrCreate(folder.resolve("other")).fingerprint())
                .isNotEqualTo(made.fingerprint());
    }

    @Test
    void neitherTheKeyNorAShortOneIsPrinted() {
        assertThat(KEY.toString()).doesNotContain("sixteen").contains(KEY.fingerprint());
        assertThatThrownBy(() -> ValuesKey.of("short\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("short\n");
    }
}
