package io.promotionverifier.core.compare.datetime;

/** The order of the numbers of a date that does not begin with a long year: the session's DateStyle. */
enum DateOrder {
    YMD,
    DMY,
    MDY
}
