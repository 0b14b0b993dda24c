package io.promotionverifier.postgres.motion;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.compare.Outcome;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.postgres.decode.CapturedPromotion;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.KeyForm;
import io.promotionverifier.postgres.decode.KeyPart;
import io.promotionverifier.postgres.engine.CaptureEnd;
import io.promotionverifier.postgres.engine.CaptureEngine;
import io.promotionverifier.postgres.engine.CaptureSettings;
import io.promotionverifier.postgres.engine.ServerAddress;
import io.promotionverifier.postgres.engine.StreamedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process of its own that streams one table with the daemon's heap, for what would not fit: prints how many rows had
 * which outcome. Arguments: port, database, password, table, the position up to which it reads, the type of the
 * promoted column, and parameters for the driver ({@code name=value}).
 */
final class SmallHeapCapture {
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final Comparator comparator;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Lsn until;

    private SmallHeapCapture(Lsn until, ColumnType type) {
        this.until = until;
        this.comparator = new Comparator(Wanted.resolved(Wanted.in("t"), type, 17), ValueSeal.PLAIN);
    }

    private static ColumnType type(String name) {
        return switch (name) {
            case "text" -> ColumnType.of(ColumnType.Kind.TEXT, name);
            case "numeric" -> ColumnType.of(ColumnType.Kind.NUMERIC, name);
            case "integer" -> ColumnType.of(ColumnType.Kind.INTEGER, name);
            default -> ColumnType.array(name, type(name.replace("[]", "")));
        };
    }

    private static Map<String, String> parameters(String[] arguments) {
        return Stream.of(arguments)
                .skip(6)
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> each[1]));
    }

    public static void main(String[] arguments) throws InterruptedException {
        String database = arguments[1];
        SmallHeapCapture capture = new SmallHeapCapture(Lsn.parse(arguments[4]), type(arguments[5]));
        CapturedTable table = new CapturedTable(
                new TableName("public", arguments[3]),
                List.of(new KeyPart("id", KeyForm.NUMBER)),
                List.of(new CapturedPromotion(Wanted.in(arguments[3]).from(), "priority", type(arguments[5]))));
        CaptureSettings settings = new CaptureSettings(
                new ServerAddress("127.0.0.1", Integer.parseInt(arguments[0]), database, parameters(arguments)),
                "postgres",
                arguments[2],
                database,
                database,
                StreamedDatabase.PREFIX,
                "nexus",
                List.of(table),
                Map.of());
        CaptureEngine engine = new CaptureEngine(
                settings, StreamedDatabase.CLOCK, (arrivals, confirmation) -> arrivals.forEach(capture::arrived));
        engine.completion().thenAccept(end -> {
            System.out.println("ended " + end);
            if (end instanceof CaptureEnd.Failed failed) {
                failed.cause().printStackTrace(System.out);
            }
            capture.done.countDown();
        });
        engine.start(Lsn.ZERO);
        capture.done.await();
        System.out.println("outcomes " + capture.outcomes);
        engine.stop(Duration.ofSeconds(20));
        System.exit(0);
    }

    private void arrived(Arrival arrival) {
        if (arrival instanceof Arrival.Row row) {
            String outcome = outcome(row.event());
            outcomes.merge(outcome, 1L, Long::sum);
        } else if (arrival instanceof Arrival.Heartbeat heartbeat
                && heartbeat.lsn().compareTo(until) >= 0) {
            done.countDown();
        }
    }

    private String outcome(RowEvent event) {
        if (event.readings().isEmpty()) {
            return event.operation().name();
        }
        Reading reading = event.readings().get(0);
        Sides sides = comparator.sides(reading);
        Outcome outcome = comparator.judge(sides, event.key().orElseThrow(), Instant.EPOCH);
        return outcome instanceof Outcome.Unverifiable unverifiable
                ? unverifiable.reason().name()
                : outcome.getClass().getSimpleName();
    }
}
