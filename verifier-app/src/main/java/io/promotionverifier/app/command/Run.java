package io.promotionverifier.app.command;

import io.promotionverifier.app.assembly.Reports;
import io.promotionverifier.app.cli.Build;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.config.PromotionConfig;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.daemon.Daemon;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.app.servers.SourceServer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code run}: the daemon, until a signal or a failure ends it. */
final class Run {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final long STOP_SECONDS = 30;

    private Run() {}

    static ExitCode until(Invocation invocation) {
        VerifierConfig config = invocation.config();
        for (PromotionConfig promotion : config.promotions()) {
            if (promotion.target() instanceof PromotionConfig.Target.Index) {
                LOG.warn("{} is an index promotion: there is nothing to compare", promotion.id());
            }
        }
        CountDownLatch closed = new CountDownLatch(1);
        try (KafkaServer kafka = KafkaServer.own(config);
                SourceServer source = SourceServer.open(config);
                Daemon daemon = start(config, source, kafka)) {
            Thread main = Thread.currentThread();
            Thread onSignal = new Thread(() -> stop(main, closed), "signal");
            Runtime.getRuntime().addShutdownHook(onSignal);
            LOG.info("HTTP on {}:{}", config.http().bind(), daemon.httpPort());
            try {
                daemon.await();
            } finally {
                forget(onSignal);
            }
            return ExitCode.OK;
        } catch (InterruptedException e) {
            LOG.info("Stopping");
            return ExitCode.OK;
        } finally {
            closed.countDown();
        }
    }

    /** A report that compares nothing with nothing is a mistake in the file, and is told before anything begins. */
    private static Daemon start(VerifierConfig config, SourceServer source, KafkaServer kafka) {
        LocalChecks.warnOfRetention(config);
        Reports.require(config, source.access());
        return Daemon.start(config, source, kafka, Build.current());
    }

    /** A signal ends the process only after the last checkpoint; the JVM then ends with the signal's own code. */
    private static void stop(Thread main, CountDownLatch closed) {
        main.interrupt();
        try {
            if (!closed.await(STOP_SECONDS - 1, TimeUnit.SECONDS)) {
                LOG.error("The verifier did not stop within {} s; what was not committed comes again", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            LOG.debug("A signal ends the daemon");
        }
    }
}
