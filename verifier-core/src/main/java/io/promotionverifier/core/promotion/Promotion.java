package io.promotionverifier.core.promotion;

import io.promotionverifier.core.change.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One value on its way from a document path to a typed column, with the policy it is judged by.
 *
 * @param id its name
 * @param table the table of both sides
 * @param from where the value lives in the document
 * @param to the promoted column's name
 * @param type the promoted column's type
 * @param phase what the application does now
 * @param started when the verification window began, if configured
 * @param owner who answers for it; may be empty
 * @param domain which values are promoted
 * @param references the parent table whose deletion clears the column, if configured
 * @param waivers declared exceptions
 * @param policy window, grace and limits
 */
public record Promotion(
        PromotionId id,
        TableName table,
        DocumentPath from,
        String to,
        ColumnType type,
        Phase phase,
        Optional<Instant> started,
        String owner,
        Domain domain,
        Optional<Reference> references,
        List<Waiver> waivers,
        Policy policy) {

    public Promotion {
        waivers = List.copyOf(waivers);
    }

    /**
     * The values that the promotion covers.
     *
     * @param allowed the allowed values as text; absent when every value of the type is
     * @param othersStayNull true when a value outside the domain is left NULL on purpose
     */
    public record Domain(Optional<Set<String>> allowed, boolean othersStayNull) {
        /** Every value of the column's type. */
        public static final Domain ALL = new Domain(Optional.empty(), false);

        public Domain {
            allowed = allowed.map(Set::copyOf);
        }
    }

    /**
     * A foreign key with ON DELETE SET NULL on the promoted column.
     *
     * @param table the parent
     */
    public record Reference(TableName table) {}

    /**
     * What the promotion is judged by.
     *
     * @param window the verified time that is asked for
     * @param grace how long two writes of one value may lie apart, in commit time
     * @param session the server's version and the zone of naive timestamps in documents
     * @param mismatchRate when the rate of mismatching rows aborts
     * @param latency when slow dual-writing aborts
     * @param capture which row versions the source shows
     */
    public record Policy(
            Duration window,
            Duration grace,
            SessionRules session,
            MismatchRatePolicy mismatchRate,
            LatencyPolicy latency,
            Capture capture) {
        /** A policy for what is shown whole. */
        public Policy(
                Duration window,
                Duration grace,
                SessionRules session,
                MismatchRatePolicy mismatchRate,
                LatencyPolicy latency) {
            this(window, grace, session, mismatchRate, latency, Capture.ALL);
        }
    }
}
