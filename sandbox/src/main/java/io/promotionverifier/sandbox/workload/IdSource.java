package io.promotionverifier.sandbox.workload;

import io.promotionverifier.sandbox.sample.SampleTable;

/** Fresh keys for tables whose key is drawn from a sequence. Confined to the worker. */
@FunctionalInterface
interface IdSource {
    /** A key that no row has had. */
    long next(SampleTable table);
}
