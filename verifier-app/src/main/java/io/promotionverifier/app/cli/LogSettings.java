package io.promotionverifier.app.cli;

/**
 * What log4j2.xml asks for, as system properties; set before the first logger is made. {@code io.debezium} never goes
 * below INFO: at DEBUG it prints passwords.
 */
final class LogSettings {
    private LogSettings() {}

    static void apply(LogFormat format, Invocation.Talk talk, boolean daemon) {
        System.setProperty("verifier.log.layout", layout(format, talk));
        System.setProperty("verifier.log.level", ours(talk, daemon));
        System.setProperty("verifier.log.libraries", libraries(talk));
        System.setProperty("verifier.log.retries", talk.verbose() ? "INFO" : "ERROR");
    }

    private static String layout(LogFormat format, Invocation.Talk talk) {
        if (format == LogFormat.JSON) {
            return "json";
        }
        return talk.verbose() ? "text-with-stacks" : "text";
    }

    private static String ours(Invocation.Talk talk, boolean daemon) {
        if (talk.verbose()) {
            return "DEBUG";
        }
        if (talk.quiet()) {
            return "ERROR";
        }
        return daemon ? "INFO" : "WARN";
    }

    private static String libraries(Invocation.Talk talk) {
        if (talk.verbose()) {
            return "INFO";
        }
        return talk.quiet() ? "ERROR" : "WARN";
    }
}
