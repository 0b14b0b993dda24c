package io.promotionverifier.app.daemon;

import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.latency.WriteLatencyReader;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the line how long the application's writes take, where the server counts that. Confined to its thread. */
final class LatencyClerk implements Runnable {
    /** How often it looks. */
    static final Duration EVERY = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(LatencyClerk.class);

    private final WriteLatencyReader reader;
    private final CaptureLine line;
    private Optional<String> trouble = Optional.empty();

    LatencyClerk(WriteLatencyReader reader, CaptureLine line) {
        this.reader = reader;
        this.line = line;
    }

    /** Looks once. That nothing can be read is told when it begins, and when it ends. */
    @Override
    public void run() {
        try {
            WriteLatencyReader.Look look = reader.look();
            tell(look.trouble());
            for (WriteLatencyReader.Figure figure : look.figures()) {
                line.told(new Input.LatencyMeasured(figure.promotion(), figure.latency(), figure.at()));
            }
        } catch (SourceException e) {
            tell(Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private void tell(Optional<String> now) {
        if (now.isPresent() && trouble.isEmpty()) {
            LOG.info("The application's write latency is unknown: {}", now.orElseThrow());
        } else if (trouble.isPresent() && now.isEmpty()) {
            LOG.info("The application's write latency is read from pg_stat_statements");
        }
        trouble = now;
    }
}
