package io.promotionverifier.kafka.publish;

import io.promotionverifier.kafka.client.BrokerFailures;
import io.promotionverifier.kafka.client.BrokerUnreachableException;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.KafkaConnectorException;
import io.promotionverifier.kafka.topic.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The producer and its open transaction. Belongs to the publisher's thread; the first failure, also one that the
 * producer's own thread reports, ends it: every later call throws it again.
 */
final class CheckpointTransaction implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    /** How long a call waits before it is made again, or given up. */
    private static final int BLOCK_MILLIS = 60_000;

    /**
     * How long the coordinator keeps a transaction that nobody ends. A commit of a million findings takes minutes on a
     * busy machine, and one that is given up would only be tried again for ever. A successor does not wait for it: it
     * ends what its predecessor left open. Brokers allow fifteen minutes ({@code transaction.max.timeout.ms}).
     */
    private static final int TRANSACTION_MILLIS = 600_000;

    /**
     * The producer keeps each buffer that it ever needed: twice the largest record, and eight times a full checkpoint.
     */
    private static final long BUFFER_BYTES = 16L << 20;

    private final String bootstrap;
    private final String transactionalId;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> sendFailure = new AtomicReference<>();
    private Optional<KafkaConnectorException> ended = Optional.empty();
    private boolean open;
    private volatile boolean hurried;

    CheckpointTransaction(KafkaConnection connection, String transactionalId) {
        this.bootstrap = connection.bootstrap();
        this.transactionalId = transactionalId;
        Map<String, Object> tuning = Map.of(
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                50,
                ProducerConfig.BATCH_SIZE_CONFIG,
                512 * 1024,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                BUFFER_BYTES,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                BLOCK_MILLIS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                30_000);
        Map<String, Object> guarantees = Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                transactionalId,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                TRANSACTION_MILLIS,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topic.MAX_MESSAGE_BYTES);
        this.producer = connection.producer(tuning, guarantees);
    }

    /** Takes the transactional id: ends what another producer of that id left open, and stops it for good. */
    void fence() {
        attempt("take the transactional id " + transactionalId, producer::initTransactions);
    }

    /** Adds a record, beginning the transaction if none is open. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells the first failure
    void send(ProducerRecord<String, byte[]> record) {
        requireAlive();
        attempt("write to " + record.topic(), () -> {
            if (!open) {
                producer.beginTransaction();
                open = true;
            }
            producer.send(record, (metadata, failure) -> {
                if (failure != null) {
                    sendFailure.compareAndSet(null, failure);
                }
            });
        });
    }

    /** Commits; when this returns, all that was sent is durable and visible. */
    void commit() {
        requireAlive();
        if (!open) {
            return;
        }
        FailPoint.BEFORE_COMMIT.passed();
        FailPoint.INSIDE_COMMIT.passed();
        attempt("commit a checkpoint", this::commitPatiently);
        open = false;
    }

    /**
     * A commit that timed out may have happened: only the same commit may be asked for again, nothing produced. That
     * ends when the broker answers, when the records expire in the producer (two minutes), or when somebody is in a
     * hurry.
     */
    private void commitPatiently() {
        while (true) {
            try {
                producer.commitTransaction();
                return;
            } catch (TimeoutException unanswered) {
                if (hurried) {
                    throw unanswered;
                }
            }
        }
    }

    /** A commit that waits for the broker asks no more; safe from any thread. */
    void hurry() {
        hurried = true;
    }

    /** Nobody waits for the broker any longer: what is open is given up; safe from any thread. */
    void giveUp() {
        hurried = true;
        producer.close(Duration.ZERO);
    }

    private void requireAlive() {
        if (ended.isPresent()) {
            throw ended.get();
        }
        Exception failure = sendFailure.get();
        if (failure != null) {
            throw end("write", failure);
        }
    }

    private void attempt(String what, Runnable call) {
        try {
            call.run();
        } catch (KafkaException | IllegalStateException failure) {
            Exception first = sendFailure.get();
            throw end(what, first == null ? failure : first);
        }
    }

    private KafkaConnectorException end(String what, Exception failure) {
        KafkaConnectorException named = named(what, failure);
        ended = Optional.of(named);
        return named;
    }

    private KafkaConnectorException named(String what, Exception failure) {
        if (isFencing(failure)) {
            return new FencedException(
                    "Another verifier took over the transactional id " + transactionalId + " on Kafka at " + bootstrap
                            + ", or the broker gave our transaction up after ten minutes without a commit. Run one verifier"
                            + " for this source and prefix.",
                    failure);
        }
        KafkaConnectorException known = BrokerFailures.of(what, bootstrap, failure);
        if (known.getClass() != KafkaConnectorException.class) {
            return known;
        }
        return new PublishFailedException(
                "Kafka at " + bootstrap + " could not " + what + ": " + deepest(failure)
                        + ". Nothing of the open checkpoint is visible; the verifier goes on from the last one.",
                failure);
    }

    private static boolean isFencing(Exception failure) {
        return BrokerFailures.cause(failure, ProducerFencedException.class).isPresent()
                || BrokerFailures.cause(failure, InvalidProducerEpochException.class)
                        .isPresent();
    }

    private static String deepest(Exception failure) {
        return BrokerFailures.cause(failure, ApiException.class)
                .map(Throwable::toString)
                .orElseGet(failure::toString);
    }

    /** Ends without commit: what is open is aborted, now or by the next one who takes the transactional id. */
    @Override
    public void close() {
        ended = ended.or(
                () -> Optional.of(new PublishFailedException("the publisher is closed", new KafkaException())));
        try {
            producer.close(CLOSE_PATIENCE);
        } catch (KafkaException alreadyBroken) {
            throw new BrokerUnreachableException("Kafka's producer did not close: " + alreadyBroken, alreadyBroken);
        }
    }
}
