package io.promotionverifier.core.compare;

import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.ColumnType.Kind;
import io.promotionverifier.core.promotion.IntervalFields;
import io.promotionverifier.core.promotion.SessionRules;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a case file: {@code "text" -> "canonical" | option=value …}.
 *
 * @param line the line as it stands, for the test's name
 * @param type the type with the options applied
 * @param session server and zone
 * @param text what is read
 * @param expected what the rule must say
 */
record RuleCase(String line, ColumnType type, SessionRules session, String text, Canonical expected) {
    private static final Pattern FORM = Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*\") -> (\\S.*?)(?: \\| (.*))?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)");
    private static final String DEFAULT_SERVER = "17";

    static RuleCase parse(Kind kind, String line) {
        Matcher form = FORM.matcher(line);
        if (!form.matches()) {
            throw new IllegalArgumentException("Not of the form \"text\" -> expected | options: " + line);
        }
        Map<String, String> options = options(form.group(3));
        SessionRules session = new SessionRules(
                Integer.parseInt(options.getOrDefault("server", DEFAULT_SERVER)),
                Optional.ofNullable(options.get("zone")).map(ZoneId::of));
        return new RuleCase(line, type(kind, options), session, unquote(form.group(1)), expected(form.group(2)));
    }

    private static Map<String, String> options(String text) {
        Map<String, String> options = new HashMap<>();
        for (String option : text == null ? new String[0] : text.split(" ")) {
            int equals = option.indexOf('=');
            options.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return options;
    }

    private static ColumnType type(Kind kind, Map<String, String> options) {
        List<Integer> typmod = Arrays.stream(options.getOrDefault("typmod", "").split(","))
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .toList();
        OptionalInt fields = Optional.ofNullable(options.get("fields"))
                .map(name -> name.toUpperCase(Locale.ROOT).replace('-', '_'))
                .map(name -> OptionalInt.of(IntervalFields.valueOf(name).code()))
                .orElseGet(OptionalInt::empty);
        List<String> labels = List.of(options.getOrDefault("labels", "").split(","));
        return new ColumnType(
                kind,
                kind.name().toLowerCase(Locale.ROOT),
                typmod.isEmpty() ? OptionalInt.empty() : OptionalInt.of(typmod.get(0)),
                typmod.size() < 2 ? fields : OptionalInt.of(typmod.get(1)),
                labels);
    }

    private static Canonical expected(String text) {
        return switch (text) {
            case "REFUSED" -> new Canonical.Refused();
            case "VOLATILE" -> new Canonical.Volatile();
            case "TOO_LARGE" -> new Canonical.TooLarge();
            default -> new Canonical.Known(unquote(text));
        };
    }

    private static String unquote(String json) {
        String body = json.substring(1, json.length() - 1);
        return ESCAPE.matcher(body).replaceAll(escape -> Matcher.quoteReplacement(unescape(escape)));
    }

    private static String unescape(MatchResult escape) {
        String code = escape.group(1);
        return switch (code.charAt(0)) {
            case 'u' -> String.valueOf((char) Integer.parseInt(code.substring(1), 16));
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'b' -> "\b";
            case 'f' -> "\f";
            default -> code;
        };
    }
}
