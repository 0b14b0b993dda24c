package io.promotionverifier.app.config;

import io.promotionverifier.core.promotion.PromotionId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A whole configuration, valid and with every default filled.
 *
 * @param data the folder of embedded servers and of the values key
 * @param source the PostgreSQL that is watched
 * @param kafka where results go
 * @param http what is served
 * @param auth who may change things over HTTP
 * @param defaults the policy that promotions start from
 * @param promotions what is verified, at least one, each with its effective policy
 * @param reports pairs of queries that must agree
 */
public record VerifierConfig(
        Path data,
        SourceConfig source,
        KafkaConfig kafka,
        HttpConfig http,
        AuthConfig auth,
        PolicyConfig defaults,
        List<PromotionConfig> promotions,
        List<ReportConfig> reports) {

    public VerifierConfig {
        promotions = List.copyOf(promotions);
        reports = List.copyOf(reports);
    }

    /** The promotion of that name. */
    public Optional<PromotionConfig> promotion(PromotionId id) {
        return promotions.stream()
                .filter(promotion -> promotion.id().equals(id))
                .findFirst();
    }

    VerifierConfig withDataUnder(Path folder) {
        Path absolute = folder.resolve(data).toAbsolutePath().normalize();
        return new VerifierConfig(absolute, source, kafka, http, auth, defaults, promotions, reports);
    }
}
