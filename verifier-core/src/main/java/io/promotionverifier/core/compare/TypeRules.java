package io.promotionverifier.core.compare;

import io.promotionverifier.core.compare.datetime.DateTimeType;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.SessionRules;

/** The rule of each column type. */
public final class TypeRules {
    private TypeRules() {}

    /** The input rules of a type on a server. */
    public static TypeRule of(ColumnType type, SessionRules session) {
        return switch (type.kind()) {
            case TEXT -> new TextRule();
            case BOOLEAN -> new BooleanRule();
            case SMALLINT -> new IntegerRule(Short.SIZE, session);
            case INTEGER -> new IntegerRule(Integer.SIZE, session);
            case BIGINT -> new IntegerRule(Long.SIZE, session);
            case NUMERIC -> new NumericRule(type.precision(), type.scale(), session);
            case UUID -> new UuidRule();
            case DATE -> new DateRule(session);
            case TIME -> new TimeRule(DateTimeType.TIME, type.precision(), session);
            case TIMETZ -> new TimeRule(DateTimeType.TIMETZ, type.precision(), session);
            case TIMESTAMP -> new TimestampRule(DateTimeType.TIMESTAMP, type.precision(), session);
            case TIMESTAMPTZ -> new TimestampRule(DateTimeType.TIMESTAMPTZ, type.precision(), session);
            case INTERVAL -> new IntervalRule(type.precision(), type.scale(), session);
            case ENUM -> new EnumRule(type.labels());
        };
    }
}
