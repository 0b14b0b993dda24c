package io.promotionverifier.sandbox.sample;

import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.PromotionId;
import java.util.Arrays;
import java.util.List;

/** A promotion of the sample, as its schema and its configuration have it. */
public enum SamplePromotion {
    PROMO_001(SampleTable.NEXUS_CASES, "metadata", "priority", "priority", "text"),
    PROMO_003(SampleTable.NEXUS_USERS, "preferences", "ui,theme", "ui_theme", "text"),
    CTX_SOURCE(SampleTable.CONTEXT_EVENTS, "metadata", "source", "source_type", "text"),
    CTX_ROADMAP(SampleTable.CONTEXT_EVENTS, "metadata", "roadmap_item_id", "source_roadmap_item_id", "uuid"),
    CTX_ITINERARY(SampleTable.CONTEXT_EVENTS, "metadata", "itinerary_item_id", "source_itinerary_item_id", "uuid"),
    WF_PLAN(SampleTable.WORKFLOW_HISTORY, "phase_durations", "plan", "plan_seconds", "numeric(10,3)"),
    WF_CONTENT(SampleTable.WORKFLOW_HISTORY, "metrics", "content_type", "content_type", "content_type"),
    WF_FINISHED(SampleTable.WORKFLOW_HISTORY, "metrics", "finished_at", "finished_at", "timestamptz"),
    WF_CACHE(SampleTable.WORKFLOW_HISTORY, "metrics", "cache_hit", "cache_hit", "boolean"),
    WF_RETRIES(SampleTable.WORKFLOW_HISTORY, "metrics", "retry_count", "retry_count", "integer"),
    WF_TOKENS(SampleTable.WORKFLOW_HISTORY, "metrics", "tokens_saved", "tokens_saved", "bigint");

    private final SampleTable table;
    private final String document;
    private final String path;
    private final String column;
    private final String sqlType;

    SamplePromotion(SampleTable table, String document, String path, String column, String sqlType) {
        this.table = table;
        this.document = document;
        this.path = path;
        this.column = column;
        this.sqlType = sqlType;
    }

    /** The promotions of one table. */
    public static List<SamplePromotion> of(SampleTable table) {
        return Arrays.stream(values()).filter(each -> each.table == table).toList();
    }

    /** The id in the configuration: {@code PROMO-001}. */
    public PromotionId id() {
        return new PromotionId(name().replace('_', '-'));
    }

    /** The table of both sides. */
    public SampleTable table() {
        return table;
    }

    /** Where the value lives in the document. */
    public DocumentPath from() {
        return new DocumentPath(document, List.of(path.split(",", -1)));
    }

    /** The promoted column. */
    public String to() {
        return column;
    }

    /** The promoted column's type as SQL writes it. */
    public String sqlType() {
        return sqlType;
    }

    /** The allowed values; empty when every value of the type is. */
    public List<String> allowed() {
        return switch (this) {
            case PROMO_001 -> List.of("low", "normal", "high", "urgent");
            case PROMO_003 -> List.of("light", "dark", "system");
            case CTX_SOURCE -> List.of("guardrails", "trip", "planner");
            default -> List.of();
        };
    }

    /** True for the foreign key to {@code roadmap_items}, which ON DELETE SET NULL clears. */
    public boolean hasParent() {
        return this == CTX_ROADMAP;
    }

    /** The document's value as text, in SQL: {@code metadata #>> '{priority}'}. */
    public String documentText() {
        return document + " #>> '{" + path + "}'";
    }
}
