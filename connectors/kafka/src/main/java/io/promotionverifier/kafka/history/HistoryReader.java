package io.promotionverifier.kafka.history;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.Rules;
import io.promotionverifier.core.pipeline.StateEntry;
import io.promotionverifier.core.settle.Room;
import io.promotionverifier.kafka.client.EventHeaders;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.json.MalformedJsonException;
import io.promotionverifier.kafka.json.Members;
import io.promotionverifier.kafka.json.RunJson;
import io.promotionverifier.kafka.read.ReadEvent;
import io.promotionverifier.kafka.state.WholeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns the records of the history, in their order, into items, and refuses a history of which a part is missing.
 * Confined to one thread. Begins at a record that begins a generation, or at a whole checkpoint; see
 * {@link HistoryLog}.
 */
public final class HistoryReader {
    private final String topic;
    private final HistoryCodec codec = new HistoryCodec();
    private final Stamps stamps = new Stamps();
    private final Consumer<HistoryItem> each;
    private long last;
    private Optional<WholeBegun> whole = Optional.empty();

    /** A whole checkpoint of which entries are still to come. */
    private record WholeBegun(
            HistoryItem.Place place, ReadEvent head, long wanted, List<StateEntry> entries, List<Rules> rules) {
        Room.Size room() {
            return RunJson.room(Members.member(head.value(), "run"));
        }
    }

    /** @param topic for messages only */
    public HistoryReader(String topic, Consumer<HistoryItem> each) {
        this.topic = topic;
        this.each = each;
    }

    /**
     * Takes the next record.
     *
     * @throws HistoryHoleException if records are missing before it, or it is not what this verifier can read
     */
    public void accept(ConsumerRecord<String, byte[]> found) {
        Optional<EventType> type = stamps.type(found);
        if (found.value() == null || (type.isPresent() && type.get() == EventType.BARRIER)) {
            return;
        }
        HistoryItem.Place place = place(found);
        if (last != 0 && place.number() != last + 1) {
            throw hole("after record " + last + " comes record " + place.number(), found);
        }
        last = place.number();
        try {
            read(place, type.orElseThrow(() -> newer(found)), found);
        } catch (MalformedJsonException | IllegalArgumentException malformed) {
            throw hole("record " + last + " cannot be read (" + malformed.getMessage() + ")", found);
        }
    }

    private HistoryItem.Place place(ConsumerRecord<String, byte[]> found) {
        try {
            return new HistoryItem.Place(Stamps.number(found), found.offset(), stamps.checkpoint(found));
        } catch (NumberFormatException unnumbered) {
            throw hole("a record has no number: a verifier wrote it that did not yet number them", found);
        }
    }

    private HistoryHoleException newer(ConsumerRecord<String, byte[]> found) {
        String type = EventHeaders.get(found.headers(), EventHeaders.TYPE).orElse("none");
        return hole(
                "record " + last + " has the type " + type + ", which a newer verifier wrote: replay with that", found);
    }

    private void read(HistoryItem.Place place, EventType type, ConsumerRecord<String, byte[]> found) {
        if (type == EventType.CHANGE && whole.isEmpty()) {
            each.accept(new HistoryItem.Told(place, codec.change(found)));
        } else {
            ReadEvent.of(found).ifPresent(event -> read(place, type, event));
        }
    }

    private void read(HistoryItem.Place place, EventType type, ReadEvent event) {
        if (whole.isPresent()) {
            entry(whole.get(), event);
        } else if (type == EventType.GENERATION) {
            Lsn start = Members.lsn(event.value(), "lsn");
            each.accept(new HistoryItem.Began(place, Members.number(event.value(), "generation"), start));
        } else if (type == EventType.CHECKPOINT) {
            begin(place, event);
        } else {
            codec.parse(type, event).ifPresent(told -> each.accept(new HistoryItem.Told(place, told)));
        }
    }

    private void begin(HistoryItem.Place place, ReadEvent head) {
        List<Rules> rules = RunJson.rules(Members.member(head.value(), "run"));
        codec.ofRun(rules);
        whole = Optional.of(
                new WholeBegun(place, head, Members.number(head.value(), "entries"), new ArrayList<>(), rules));
        endIfWhole();
    }

    private void entry(WholeBegun begun, ReadEvent event) {
        begun.entries().add(WholeState.parse(event.key(), event.value()));
        endIfWhole();
    }

    private void endIfWhole() {
        WholeBegun begun = whole.orElseThrow();
        if (begun.entries().size() == begun.wanted()) {
            whole = Optional.empty();
            each.accept(new HistoryItem.Whole(
                    begun.place(),
                    begun.rules(),
                    begun.room(),
                    WholeState.parse(Members.member(begun.head().value(), "state")),
                    begun.entries()));
        }
    }

    private HistoryHoleException hole(String what, ConsumerRecord<String, byte[]> found) {
        return new HistoryHoleException("The history in " + topic + " has a hole at offset " + found.offset() + ", "
                + EventHeaders.get(found.headers(), EventHeaders.TIME).orElse("at an unknown time") + ": " + what
                + ". What was decided behind it cannot be decided again from it: replay what lies before with --to,"
                + " or what follows a later checkpoint with --from.");
    }
}
