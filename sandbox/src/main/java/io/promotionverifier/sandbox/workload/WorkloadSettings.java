package io.promotionverifier.sandbox.workload;

/**
 * What to write, where, and how fast.
 *
 * @param jdbcUrl the database that holds the sample
 * @param user who writes
 * @param password the password
 * @param seed the seed of the plan
 * @param ratePerSecond writes per second over all connections, above 0; a split or multi-row write is one
 * @param faultRate the share of writes with a fault when it starts, 0 to 1
 * @param connections how many connections write, 1 to 64
 */
public record WorkloadSettings(
        String jdbcUrl,
        String user,
        String password,
        long seed,
        double ratePerSecond,
        double faultRate,
        int connections) {
    private static final int MAX_CONNECTIONS = 64;

    /** @throws IllegalArgumentException if a number is out of its range */
    public WorkloadSettings {
        if (!(ratePerSecond > 0)) {
            throw new IllegalArgumentException("the rate must be above 0 writes per second: " + ratePerSecond);
        }
        if (connections < 1 || connections > MAX_CONNECTIONS) {
            throw new IllegalArgumentException("connections must be 1 to " + MAX_CONNECTIONS + ": " + connections);
        }
        checkFaultRate(faultRate);
    }

    static void checkFaultRate(double faultRate) {
        if (!(faultRate >= 0 && faultRate <= 1)) {
            throw new IllegalArgumentException("the fault rate must be 0 to 1: " + faultRate);
        }
    }

    /** Four connections, 200 writes per second, no faults. */
    public static WorkloadSettings of(String jdbcUrl, String user, String password, long seed) {
        return new WorkloadSettings(jdbcUrl, user, password, seed, 200, 0, 4);
    }

    /** The same at another rate. */
    public WorkloadSettings withRatePerSecond(double rate) {
        return new WorkloadSettings(jdbcUrl, user, password, seed, rate, faultRate, connections);
    }

    /** The same with another fault rate at the start. */
    public WorkloadSettings withFaultRate(double rate) {
        return new WorkloadSettings(jdbcUrl, user, password, seed, ratePerSecond, rate, connections);
    }

    /** Everything but the password. */
    @Override
    public String toString() {
        return "WorkloadSettings[" + jdbcUrl + ", " + user + ", seed " + seed + ", " + ratePerSecond + "/s, faults "
                + faultRate + ", " + connections + " connections]";
    }
}
