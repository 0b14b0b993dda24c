package io.promotionverifier.postgres.slot;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.postgres.catalog.CaptureFingerprint;

/**
 * What setup found or made: where the stream begins, on which cluster, over what.
 *
 * @param slot the slot
 * @param start the position from which the slot streams: the consistent point of a new slot
 * @param cluster the cluster
 * @param fingerprint what is captured
 */
public record SourceReady(SlotState slot, Lsn start, ClusterIdentity cluster, CaptureFingerprint fingerprint) {}
