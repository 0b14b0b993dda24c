package io.promotionverifier.app.cli;

import io.promotionverifier.app.config.form.Form;
import io.promotionverifier.app.config.form.Forms;
import io.promotionverifier.app.config.form.Quantities;
import io.promotionverifier.app.config.tree.ConfigNode.Scalar;
import io.promotionverifier.app.config.tree.Place;
import io.promotionverifier.app.config.tree.Problems;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.FindingState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads option values in the forms of the configuration, so that {@code 30s} and {@code 0.1%} mean the same in both.
 */
final class Converters {
    private Converters() {}

    /** Registers what is told from the option's type alone. */
    static void register(CommandLine line) {
        line.registerConverter(OutputFormat.class, text -> read(Forms.oneOf(OutputFormat.class), text));
        line.registerConverter(LogFormat.class, text -> read(Forms.oneOf(LogFormat.class), text));
        line.registerConverter(FindingState.class, text -> read(Forms.oneOf(FindingState.class), text));
        line.registerConverter(Phase.class, text -> read(Forms.oneOf(Phase.class, Enum::name), text));
        line.registerConverter(Duration.class, text -> read(Quantities.duration("1s", "24h"), text));
        line.registerConverter(Instant.class, text -> read(Forms.instant(), text));
        line.registerConverter(ReplayRequest.Bound.class, Converters::bound);
        line.registerConverter(PromotionId.class, Converters::promotionId);
    }

    private static ReplayRequest.Bound bound(String text) {
        if (text.matches("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}")) {
            return new ReplayRequest.Bound.Position(Lsn.parse(text));
        }
        try {
            return new ReplayRequest.Bound.Time(read(Forms.instant(), text));
        } catch (TypeConversionException neither) {
            throw new TypeConversionException("neither a time (2025-01-16T09:00:00Z) nor an LSN (0/16B3748)");
        }
    }

    private static PromotionId promotionId(String text) {
        try {
            return new PromotionId(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static <T> T read(Form<T> form, String text) {
        Problems problems = new Problems();
        return form.read(new Scalar(Place.SET, "", text, Optional.of(text), true), problems)
                .orElseThrow(() -> new TypeConversionException(
                        problems.inReadingOrder().get(0).message()))
                .value();
    }

    /** {@code 0.5%}. */
    static final class OfRate implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return read(Quantities.rate(Quantities.Range.FRACTION), text);
        }
    }
}
