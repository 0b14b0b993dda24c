package io.promotionverifier.app.http;

import io.javalin.http.Context;
import io.promotionverifier.core.promotion.Phase;
import java.util.Optional;

/** {@code GET /api/v1/promotions/{id}/gate?to=C}. */
final class GateRoute {
    static final String PATH = "/api/v1/promotions/{id}/gate";

    private GateRoute() {}

    /** The answer; absent if there is no such promotion. */
    static Optional<String> answer(Context context, StatusPages pages) {
        return pages.gate(context.pathParam("id"), to(context.queryParam("to")));
    }

    private static Phase to(@org.jspecify.annotations.Nullable String name) {
        return switch (Optional.ofNullable(name).orElse("C")) {
            case "B" -> Phase.B;
            case "C" -> Phase.C;
            default -> throw new BadQueryException("to is B or C");
        };
    }
}
