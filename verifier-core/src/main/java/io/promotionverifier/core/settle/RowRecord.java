package io.promotionverifier.core.settle;

import java.util.Optional;

/**
 * All that is remembered of one row; rows that never disagreed are not remembered at all.
 *
 * @param finding its open finding
 * @param pastEpisodes how many episodes ended
 * @param touched what the open transaction did to it
 */
public record RowRecord(Optional<Finding> finding, int pastEpisodes, Optional<TouchedRow> touched) {}
