/**
 * The JSON of CONTRACT section 4, written from the core's records and read back where someone needs it. May import core
 * and Jackson. Pure functions, safe from any thread; the trees belong to the caller.
 */
@NullMarked
package io.promotionverifier.kafka.json;

import org.jspecify.annotations.NullMarked;
