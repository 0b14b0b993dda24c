package io.promotionverifier.postgres.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.postgres.catalog.PublicationDescription;
import io.promotionverifier.postgres.catalog.RowFilters;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.ClusterIdentity;
import io.promotionverifier.postgres.slot.SlotState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A log that is not the one that was judged, or cannot be read on, is told with its way out. */
class LogFlawsTest {
    private static final Lsn END = new Lsn(1_000);
    private static final Lsn JUDGED = new Lsn(900);
    private static final ClusterIdentity HOME = new ClusterIdentity("7300", 1, "nexus", 180000);
    private static final CaptureRequest REQUEST = new CaptureRequest("verifier_nexus", "verifier_pub", List.of());
    private static final PublicationDescription PUBLICATION = new PublicationDescription(
            "verifier_pub",
            1,
            "1",
            "ana",
            true,
            false,
            List.of(),
            new PublicationDescription.Options(true, true, true, true, true, false),
            List.of());

    private static SlotState slot(String status, Optional<String> invalidation) {
        return new SlotState(
                "verifier_nexus",
                new SlotState.Form(Optional.of("pgoutput"), Optional.of("nexus"), false),
                Optional.empty(),
                new SlotState.Positions(Optional.of(JUDGED), Optional.of(JUDGED), END, OptionalLong.of(100)),
                new SlotState.Health(Optional.of(status), OptionalLong.empty(), invalidation));
    }

    private static List<String> flaws(
            ClusterIdentity cluster, Optional<SlotState> slot, Optional<PublicationDescription> publication) {
        return LogFlaws.of(
                REQUEST,
                HOME,
                new SourceSnapshot(END, cluster, slot, publication, Map.of(), List.of(), RowFilters.NONE),
                JUDGED);
    }

    private static Optional<SlotState> sound() {
        return Optional.of(slot("reserved", Optional.empty()));
    }

    private static void tells(List<String> flaws, String what) {
        assertThat(flaws).singleElement().asString().contains(what, "setup --resume", "census");
    }

    @Test
    void theLogThatWasJudgedHasNoFlaw() {
        assertThat(flaws(HOME, sound(), Optional.of(PUBLICATION))).isEmpty();
    }

    @Test
    void anotherClusterIsToldAlone() {
        tells(
                flaws(new ClusterIdentity("7301", 1, "nexus", 180000), Optional.empty(), Optional.empty()),
                "another PostgreSQL cluster");
    }

    @Test
    void anotherTimelineIsAFailoverOrARestore() {
        tells(
                flaws(new ClusterIdentity("7300", 2, "nexus", 180000), sound(), Optional.of(PUBLICATION)),
                "another timeline");
    }

    @Test
    void aLogThatEndsBeforeWhatWasJudgedIsARestoredBackup() {
        SourceSnapshot restored = new SourceSnapshot(
                new Lsn(800), HOME, sound(), Optional.of(PUBLICATION), Map.of(), List.of(), RowFilters.NONE);

        tells(LogFlaws.of(REQUEST, HOME, restored, JUDGED), "restored backup");
    }

    @Test
    void aSlotThatIsGoneOrLostIsTold() {
        tells(flaws(HOME, Optional.empty(), Optional.of(PUBLICATION)), "slot verifier_nexus does not exist");
        tells(
                flaws(HOME, Optional.of(slot("lost", Optional.of("idle_timeout"))), Optional.of(PUBLICATION)),
                "idle_timeout");
    }

    @Test
    void aPublicationThatIsGoneIsTold() {
        tells(flaws(HOME, sound(), Optional.empty()), "publication verifier_pub does not exist");
    }

    @Test
    void aServerThatWasUpgradedInPlaceIsTheSame() {
        assertThat(flaws(new ClusterIdentity("7300", 1, "nexus", 180001), sound(), Optional.of(PUBLICATION)))
                .isEmpty();
    }
}
