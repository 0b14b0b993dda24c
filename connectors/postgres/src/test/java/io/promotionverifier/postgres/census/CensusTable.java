package io.promotionverifier.postgres.census;

import io.promotionverifier.core.census.CensusAgenda;
import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.promotion.SessionRules;
import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.StandardPolicy;
import io.promotionverifier.postgres.decode.CapturedPromotion;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.KeyPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table with promotions, to be read by a census. */
record CensusTable(CapturedTable captured, List<Promotion> promotions) {
    static CensusTable of(TableName name, List<KeyPart> key, List<Promotion> promotions) {
        List<CapturedPromotion> captured = promotions.stream()
                .map(promotion -> new CapturedPromotion(promotion.from(), promotion.to(), promotion.type()))
                .toList();
        return new CensusTable(new CapturedTable(name, key, captured), promotions);
    }

    static Promotion promotion(
            TableName table, DocumentPath from, String to, ColumnType type, Phase phase, Promotion.Domain domain) {
        return new Promotion(
                new PromotionId("PROMO-" + to),
                table,
                from,
                to,
                type,
                phase,
                Optional.empty(),
                "",
                domain,
                Optional.empty(),
                List.of(),
                StandardPolicy.of(new SessionRules(17, Optional.empty())));
    }

    TableName name() {
        return captured.name();
    }

    ChunkReader reader(SourceDatabase database, int most) {
        return new ChunkReader(database.access(), captured, promotions, new ChunkSize(most));
    }

    /** All chunks, of so many blocks at most. */
    List<CensusChunk> chunks(SourceDatabase database, int most) {
        List<CensusChunk> chunks = new ArrayList<>();
        try (ChunkReader reader = reader(database, most)) {
            List<String> after = List.of();
            do {
                CensusChunk.Place place = new CensusChunk.Place(captured.name(), 1, chunks.size());
                CensusChunk chunk =
                        reader.read(new CensusAgenda.Task(place, after, 0)).orElseThrow();
                chunks.add(chunk);
                after = chunk.end().place();
            } while (!chunks.get(chunks.size() - 1).end().last());
        }
        return chunks;
    }
}
