package io.promotionverifier.app.daemon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.board.Doubt;
import io.promotionverifier.app.http.BadQueryException;
import io.promotionverifier.app.http.FindingsQuery;
import io.promotionverifier.app.http.StatusPages;
import io.promotionverifier.app.http.UnavailableException;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.KafkaConnectorException;
import io.promotionverifier.kafka.history.RowStory;
import io.promotionverifier.kafka.json.StatusJson;
import io.promotionverifier.kafka.read.FindingFilter;
import io.promotionverifier.kafka.read.NoSuchFindingException;
import io.promotionverifier.kafka.read.TopicReader;
import java.time.Clock;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Status from the board, findings from their topic. Safe for use by many threads. */
final class LivePages implements StatusPages {
    private final Board board;
    private final KafkaConnection connection;
    private final TopicReader topics;
    private final LiveGate gate;

    LivePages(Board board, KafkaConnection connection, LiveGate gate) {
        this.board = board;
        this.gate = gate;
        this.connection = connection;
        this.topics = new TopicReader(connection);
    }

    @Override
    public String statuses() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        board.statuses().forEach(status -> all.add(json(status)));
        return all.toString();
    }

    @Override
    public Optional<String> status(String promotion) {
        return find(promotion).map(status -> json(status).toString());
    }

    @Override
    public Optional<String> gate(String promotion, Phase to) {
        return find(promotion).map(status -> gate.ask(to, status));
    }

    private ObjectNode json(PromotionStatus status) {
        ObjectNode json =
                StatusJson.of(status, PublisherSink.lag(board.vitals(), status.watermark(), status.streamTime()));
        UnknownReports.mark(json, status.promotion(), board.reportTroubles());
        board.doubt(Clock.systemUTC().instant()).ifPresent(why -> Doubt.cast(json, why));
        return json;
    }

    private Optional<PromotionStatus> find(String promotion) {
        return board.statuses().stream()
                .filter(status -> status.promotion().value().equals(promotion))
                .findFirst();
    }

    @Override
    public Optional<String> findings(String promotion, FindingsQuery query) {
        return find(promotion).map(status -> {
            if (query.history()) {
                return story(status.promotion(), query.key().orElseThrow()).toString();
            }
            Set<FindingState> states = new HashSet<>();
            query.states().forEach(state -> states.add(FindingState.valueOf(state.toUpperCase(Locale.ROOT))));
            FindingFilter filter = new FindingFilter(
                    Optional.of(status.promotion()),
                    states,
                    query.key(),
                    Optional.empty(),
                    query.after(),
                    query.limit(),
                    board.generation());
            return read(filter).toString();
        });
    }

    private ArrayNode story(PromotionId promotion, String key) {
        try {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            RowStory.of(connection, Optional.of(promotion), key).forEach(all::add);
            return all;
        } catch (KafkaConnectorException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private ArrayNode read(FindingFilter filter) {
        try {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            topics.findings(filter).forEach(all::add);
            return all;
        } catch (NoSuchFindingException e) {
            throw new BadQueryException(String.valueOf(e.getMessage()));
        } catch (KafkaConnectorException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }
}
