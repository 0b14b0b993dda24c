package io.promotionverifier.core.stream;

import static io.promotionverifier.core.fixture.PromotionFixture.CASES;
import static io.promotionverifier.core.fixture.Readings.TOAST;
import static io.promotionverifier.core.fixture.Readings.key;
import static io.promotionverifier.core.fixture.Readings.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Parent;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.Reread;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.RowVersion;
import io.promotionverifier.core.change.Unreadable;
import io.promotionverifier.core.fixture.ScriptedSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a look at a row proves of the changes before it, and what it does not. */
class RereadsTest {
    private final ScriptedSource source = new ScriptedSource();

    private Rereads rereads() {
        source.mark();
        List<Arrival> arrivals =
                source.shown().stream().map(ScriptedSource.Shown::arrival).toList();
        return new Rereads(new Holdback.Released(arrivals, arrivals.size()), HoldbackTest::lacking);
    }

    private static List<String> completed(Rereads rereads, Map<RowKey, RowVersion> seen) {
        return rereads.completed(Map.of(CASES, seen)).stream()
                .filter(Arrival.Row.class::isInstance)
                .flatMap(row -> ((Arrival.Row) row).event().readings().stream())
                .map(RereadsTest::told)
                .toList();
    }

    private static String told(Reading reading) {
        String document = reading.document() instanceof DocumentValue.Present present ? present.text() : "?";
        return document + (reading.reread() == Reread.NONE ? "" : " read");
    }

    private static RowVersion version(long transaction, String document) {
        return new RowVersion(transaction, List.of(reading("seen", document)));
    }

    @Test
    void theVersionThatTheChangesTransactionWroteIsItsOwn() {
        source.tx(7).update(1, "a", TOAST).commit();
        Rereads rereads = rereads();
        assertThat(rereads.wanted()).isEqualTo(Map.of(CASES, Set.of(key(1))));
        assertThat(rereads.transactions()).containsExactly(7L);
        assertThat(completed(rereads, Map.of(key(1), version(7, "x")))).containsExactly("x read");
    }

    @Test
    void aNewerVersionIsNeverTakenForAnOlderOne() {
        source.tx(7).update(1, "a", TOAST).commit();
        assertThat(completed(rereads(), Map.of(key(1), version(8, "x")))).containsExactly("?");
    }

    @Test
    void aRowThatIsGoneProvesNothing() {
        source.tx(7).update(1, "a", TOAST).commit();
        assertThat(completed(rereads(), Map.of())).containsExactly("?");
    }

    @Test
    void transactionIdsAreComparedInTheirLowerHalf() {
        source.tx((5L << 32) + 7).update(1, "a", TOAST).commit();
        assertThat(completed(rereads(), Map.of(key(1), version(7, "x")))).containsExactly("x read");
    }

    @Test
    void whatALaterChangeLeftUnchangedIsTheValueOfTheChangeBefore() {
        source.tx(7).update(1, "a", TOAST).update(1, "b", TOAST).commit();
        source.tx(8).update(1, "c", TOAST).commit();
        assertThat(completed(rereads(), Map.of(key(1), version(8, "x")))).containsExactly("x read", "x read", "x read");
    }

    @Test
    void aValueIsNotCarriedBackOverAChangeThatWroteIt() {
        source.tx(7).update(1, "a", TOAST).commit();
        source.tx(8).update(1, "b", "y").commit();
        source.tx(9).update(1, "c", TOAST).commit();
        assertThat(completed(rereads(), Map.of(key(1), version(9, "y")))).containsExactly("?", "y", "y read");
    }

    @Test
    void aChangeThatALaterOneOverwroteIsNotLookedAt() {
        source.tx(7).update(1, "a", TOAST).update(1, "b", "y").commit();
        assertThat(rereads().wanted()).isEmpty();
    }

    @Test
    void whatIsFollowedByADeleteOrATruncateIsNotLookedAt() {
        source.tx(7).update(1, "a", TOAST).delete(1).commit();
        source.tx(8).update(2, "a", TOAST).commit();
        source.tx(9).truncate().commit();
        assertThat(rereads().wanted()).isEmpty();
    }

    @Test
    void aValueIsNotCarriedBackToARowThatHadTheKeyBefore() {
        source.tx(7).update(1, "a", TOAST).commit();
        source.tx(8).delete(1).insert(1, "a", "n").commit();
        source.tx(9).update(1, "a", TOAST).commit();
        assertThat(completed(rereads(), Map.of(key(1), version(9, "n")))).containsExactly("?", "n", "n read");
    }

    @Test
    void aRowIsFollowedThroughItsKeys() {
        source.tx(7).update(1, "a", TOAST).commit();
        source.tx(8).rekey(1, 2, "a", TOAST).commit();
        source.tx(9).insert(1, "a", "other").commit();
        Rereads rereads = rereads();
        assertThat(rereads.wanted()).isEqualTo(Map.of(CASES, Set.of(key(2))));
        assertThat(completed(rereads, Map.of(key(2), version(8, "x")))).containsExactly("x read", "x read", "other");
    }

    @Test
    void aTransactionThatIsNotOverIsNotLookedAt() {
        source.tx(7).update(1, "a", TOAST).commit();
        source.tx(8).update(1, "b", TOAST).update(2, "b", TOAST).commit();
        List<Arrival> arrivals =
                source.shown().stream().map(ScriptedSource.Shown::arrival).toList();
        assertThat(new Rereads(new Holdback.Released(arrivals, 1), HoldbackTest::lacking).wanted())
                .isEmpty();
    }

    @Test
    void aVersionThatCannotBeReadFillsNothing() {
        source.tx(7).update(1, "a", TOAST).commit();
        Reading unreadable =
                new Reading(new ColumnValue.Present("a"), new DocumentValue.Unavailable(Unreadable.SCHEMA));
        assertThat(completed(rereads(), Map.of(key(1), new RowVersion(7, List.of(unreadable)))))
                .containsExactly("?");
    }

    @Test
    void onlyWhatIsLackingIsTaken() {
        ColumnValue lackingColumn = new ColumnValue.Unavailable(Unreadable.TOAST);
        DocumentValue logged = new DocumentValue.Present(DocumentValue.Shape.STRING, "logged");
        Reading seen = reading("seen", "seen");
        assertThat(new Reading(lackingColumn, logged).completedBy(seen))
                .isEqualTo(new Reading(seen.column(), logged, Parent.NOT_ASKED, Reread.COLUMN));
        assertThat(reading("a", TOAST).completedBy(seen))
                .isEqualTo(
                        new Reading(new ColumnValue.Present("a"), seen.document(), Parent.NOT_ASKED, Reread.DOCUMENT));
        assertThat(reading("a", "b").completedBy(seen)).isEqualTo(reading("a", "b"));
        Optional<Reading> both =
                Optional.of(new Reading(lackingColumn, reading("a", TOAST).document()));
        assertThat(both.get().completedBy(seen).reread()).isEqualTo(Reread.BOTH);
    }

    @Test
    void aRowThatLeftTheSuspectsWasHealedIfItsVersionIsThere() {
        source.tx(7).row(Operation.LEFT, 1, List.of()).commit();
        assertThat(completed(rereads(), Map.of(key(1), version(7, "x")))).containsExactly("x read");
    }

    @Test
    void aRowThatLeftTheSuspectsAndIsGoneOrAnotherStaysUnexplained() {
        source.tx(7).row(Operation.LEFT, 1, List.of()).commit();
        assertThat(completed(rereads(), Map.of())).isEmpty();
        assertThat(completed(rereads(), Map.of(key(1), version(8, "x")))).isEmpty();
    }
}
