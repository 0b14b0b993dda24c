package io.promotionverifier.app.cli;

import java.time.Duration;
import java.util.Optional;

/**
 * What the demonstration should do.
 *
 * @param duration how long the workload runs
 * @param rate writes in a second
 * @param faultRate the share of faulty writes, from 0 to 1
 * @param scenario a named workload, if one was asked for
 * @param port the HTTP port that was asked for; 0 for any free one
 */
public record DemoRequest(Duration duration, int rate, double faultRate, Optional<String> scenario, int port) {}
