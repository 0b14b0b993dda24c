package io.promotionverifier.sandbox.scenario;

/**
 * Where a scenario writes, and how fast.
 *
 * @param jdbcUrl the database that holds the sample
 * @param user who writes; a superuser, for one scenario drops the slot
 * @param password the password
 * @param slot the verifier's slot
 * @param ratePerSecond writes in a second, above 0
 * @param share of troubled writes once there is trouble, above 0 to 1
 */
public record ScenarioSettings(
        String jdbcUrl, String user, String password, String slot, double ratePerSecond, double share) {
    /** @throws IllegalArgumentException if a number is out of its range */
    public ScenarioSettings {
        if (!(ratePerSecond > 0) || !(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "a scenario needs a rate above 0 and a share of faulty writes above 0 and up to 1, not "
                            + ratePerSecond + " and " + share);
        }
    }

    /** Everything but the password. */
    @Override
    public String toString() {
        return "ScenarioSettings[" + jdbcUrl + ", " + user + ", " + slot + ", " + ratePerSecond + "/s, " + share + "]";
    }
}
