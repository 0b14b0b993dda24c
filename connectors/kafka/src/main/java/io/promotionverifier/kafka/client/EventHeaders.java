package io.promotionverifier.kafka.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The headers of CloudEvents 1.0 in binary mode, and ours. */
public final class EventHeaders {
    public static final String SPEC_VERSION = "ce_specversion";
    public static final String ID = "ce_id";
    public static final String SOURCE = "ce_source";
    public static final String TYPE = "ce_type";
    public static final String SUBJECT = "ce_subject";
    public static final String TIME = "ce_time";
    public static final String CONTENT_TYPE = "content-type";

    /** The incarnation and the sequence number of the checkpoint that the record was committed with: {@code 3/1207}. */
    public static final String CHECKPOINT = "verifier_checkpoint";

    /** The number of the record among all of the history, from 1 without a gap: CloudEvents' sequence extension. */
    public static final String SEQUENCE = "ce_sequence";

    private static final byte[] NONE = new byte[0];

    private EventHeaders() {}

    /** A header; the same may go with many records. */
    public static Header of(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a header. */
    public static void add(Headers headers, String name, String value) {
        headers.add(of(name, value));
    }

    /** The last header of that name. */
    public static Optional<String> get(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    /** The bytes of the last header of that name, not to be altered; none without it. */
    public static byte[] bytes(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? NONE : header.value();
    }
}
