package io.promotionverifier.sandbox.sample;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A configuration for the sample's promotions.
 *
 * @param data the verifier's data folder
 * @param url the JDBC address of the database that holds the sample
 * @param username who streams and reads
 * @param password the password
 * @param bootstrap the Kafka brokers
 * @param port the HTTP port
 * @param grace how far apart two writes of one value may lie, to the second
 */
public record SampleConfiguration(
        Path data, String url, String username, String password, String bootstrap, int port, Duration grace) {
    private static final String PROMOTIONS = "\npromotions:\n";

    /** The configuration file's text: the given servers, and the promotions of {@code sample.yaml}. */
    public String yaml() {
        return """
                version: 1
                data: %s
                source:
                  name: sample
                  url: %s
                  username: %s
                  password: %s
                  slot: verifier_sample
                  publication: verifier_sample
                  heartbeat: 1s
                kafka:
                  bootstrap: %s
                http: {bind: 127.0.0.1, port: %d}
                defaults:
                  grace: %ds
                """.formatted(
                                quoted(data.toString()),
                                quoted(url),
                                quoted(username),
                                quoted(password),
                                quoted(bootstrap),
                                port,
                                grace.toSeconds())
                + promotions();
    }

    /** The same with one promotion only. */
    public String yamlOf(SamplePromotion promotion) {
        String text = yaml();
        int begin = text.indexOf("  - id: " + promotion.id().value() + "\n");
        int next = text.indexOf("\n  - id: ", begin);
        return text.substring(0, text.indexOf(PROMOTIONS) + PROMOTIONS.length())
                + text.substring(begin, next < 0 ? text.length() : next + 1);
    }

    /** The file {@code sample.yaml}: valid as it is, with the promotions of this sample. */
    public static String template() {
        return SampleSchema.resource("sample.yaml");
    }

    private static String promotions() {
        String template = template();
        return template.substring(template.indexOf(PROMOTIONS));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Everything but the password. */
    @Override
    public String toString() {
        return "SampleConfiguration[" + url + ", " + username + ", " + bootstrap + ", " + port + ", " + data + "]";
    }
}
