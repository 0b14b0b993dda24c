/**
 * Reads dates and times as PostgreSQL's input functions do: a text is cut into fields, each field is read in the light
 * of those before it, and what was found is resolved. Pure. May import the JDK only. Start at
 * {@link io.promotionverifier.core.compare.datetime.DateTimeInput}.
 */
@NullMarked
package io.promotionverifier.core.compare.datetime;

import org.jspecify.annotations.NullMarked;
