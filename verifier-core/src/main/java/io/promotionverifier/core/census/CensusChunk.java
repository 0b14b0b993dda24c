package io.promotionverifier.core.census;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A part of a table's rows, read in one snapshot; each row that nobody changes meanwhile is in one chunk of a census.
 *
 * @param place which chunk of which census
 * @param view when it was read; absent for a chunk of the history, which is judged at once as it was judged live
 * @param end where the next one begins
 * @param counts of each promotion of the table, in the order of the configuration
 * @param suspects the rows that the server could not prove equal
 */
public record CensusChunk(
        Place place, Optional<View> view, End end, List<CensusCounts> counts, List<CensusRow> suspects) {
    public CensusChunk {
        counts = List.copyOf(counts);
        suspects = List.copyOf(suspects);
    }

    /**
     * Which chunk it is.
     *
     * @param table the table
     * @param census the number of the census, from 1
     * @param chunk the number of the chunk, from 0
     */
    public record Place(TableName table, long census, long chunk) {}

    /**
     * When a chunk was read.
     *
     * @param snapshot which transactions it sees
     * @param lsn a position taken after the snapshot: every transaction it sees committed below
     */
    public record View(TransactionSnapshot snapshot, Lsn lsn) {}

    /**
     * Where a chunk ends.
     *
     * @param place where that is, in the words of the reader, who alone understands them
     * @param last true when nothing comes behind it
     */
    public record End(List<String> place, boolean last) {
        public End {
            place = List.copyOf(place);
        }
    }

    /** The same chunk with these suspects only, as the history keeps it. */
    public CensusChunk judged(List<CensusRow> kept) {
        return new CensusChunk(place, Optional.empty(), end, counts, kept);
    }
}
