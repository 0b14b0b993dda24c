package io.promotionverifier.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The fingerprint that a checkpoint carries tells which part was altered, and nothing of what is not in both. */
class CaptureDigestTest {
    private static CaptureDigest digest(Map<String, String> parts) {
        return CaptureDigest.of(new CaptureFingerprint(new TreeMap<>(parts)));
    }

    @Test
    void whatIsWrittenIsReadBackWhateverTheNames() {
        CaptureDigest digest = digest(Map.of("table public.a=b&c", "1", "promotion Ünï \"Q\"\n", "2"));

        assertThat(CaptureDigest.parse(digest.text())).isEqualTo(digest);
        assertThat(digest.text()).doesNotContain("\n");
    }

    @Test
    void onlyPartsThatAreThereBeforeAndAfterCanHaveBeenAltered() {
        CaptureDigest before = digest(Map.of("table a", "1", "table gone", "1"));
        CaptureDigest after = digest(Map.of("table a", "2", "table added", "1"));

        assertThat(after.changedSince(before)).containsExactly("table a");
        assertThat(before.changedSince(before)).isEmpty();
    }

    @Test
    void whatWasAwayAndComesBackAsAnotherIsAltered() {
        CaptureDigest before = digest(Map.of("published table a", "1"));
        CaptureDigest away = before.updated(digest(Map.of()));

        assertThat(digest(Map.of("published table a", "2")).changedSince(away)).containsExactly("published table a");
    }

    @Test
    void catalogRowsAreLeftOut() {
        assertThat(digest(Map.of(CaptureFingerprint.CATALOG_ROW + "a", "1")).parts())
                .isEmpty();
    }

    @Test
    void whatIsNoDigestSaysNothing() {
        assertThat(CaptureDigest.parse("5f3c").parts()).isEmpty();
        assertThat(CaptureDigest.parse("").parts()).isEmpty();
    }
}
