package io.promotionverifier.app.replay;

import io.promotionverifier.app.cli.CommandException;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.config.PolicyConfig;
import io.promotionverifier.app.config.PromotionConfig;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.gate.GateQuestion;
import io.promotionverifier.core.change.Parent;
import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.gate.GateReport;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.pipeline.Rules;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.promotion.TypeName;
import io.promotionverifier.core.promotion.Waiver;
import io.promotionverifier.core.replay.Rulebook;
import io.promotionverifier.kafka.client.KafkaConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules of a policy file in the place of those of then. What the history cannot be judged by again is refused, with
 * the reason. Confined to one thread.
 */
public final class OtherPolicy {
    private final VerifierConfig policy;
    private final RowKeyForms forms;

    /** Promotions whose parents nobody looked up live, because only phase B asks. */
    private final Set<PromotionId> neverAsked = new HashSet<>();

    private final Map<PromotionId, Promotion> judged = new HashMap<>();

    private OtherPolicy(VerifierConfig policy, RowKeyForms forms) {
        this.policy = policy;
        this.forms = forms;
    }

    /**
     * A policy file; promotions that it does not name are judged as then.
     *
     * @param connection where the history is: it tells the form of the keys that waivers name
     */
    public static OtherPolicy of(VerifierConfig policy, KafkaConnection connection) {
        Set<String> waived = policy.promotions().stream()
                .filter(promotion -> !promotion.waivers().isEmpty())
                .map(promotion -> promotion.table().toString())
                .collect(Collectors.toSet());
        return new OtherPolicy(policy, RowKeyForms.read(connection, waived));
    }

    /** By which a replay judges; tells this policy which promotions there are, so it belongs to one replay. */
    public Rulebook rulebook() {
        return new Rulebook(this::rules, this::told);
    }

    /** What the gate to the next phase says of each promotion that the file names, as far as the history can tell. */
    public List<GateReport> gates(List<PromotionStatus> evidence) {
        List<GateReport> reports = new ArrayList<>();
        for (PromotionStatus status : evidence) {
            Optional<Promotion> promotion = Optional.ofNullable(judged.get(status.promotion()));
            Optional<PromotionConfig> wanted = policy.promotion(status.promotion());
            if (promotion.isPresent() && wanted.isPresent() && status.phase() != Phase.C) {
                reports.add(GateQuestion.inRetrospect(
                        status.phase() == Phase.A ? Phase.B : Phase.C,
                        promotion.get(),
                        policy,
                        wanted.get(),
                        status,
                        status.streamTime().orElse(Instant.EPOCH)));
            }
        }
        return reports;
    }

    private List<Rules> rules(List<Rules> then) {
        neverAsked.clear();
        List<Rules> now = then.stream().map(this::rules).toList();
        now.forEach(rules -> judged.put(rules.promotion().id(), rules.promotion()));
        return now;
    }

    private Rules rules(Rules then) {
        Optional<PromotionConfig> wanted = policy.promotion(then.promotion().id());
        if (wanted.isEmpty()) {
            return then;
        }
        refuseOtherValues(then, wanted.get());
        Promotion promotion = promotion(then, wanted.get());
        if (promotion.phase() == Phase.B
                && then.promotion().phase() != Phase.B
                && promotion.references().isPresent()) {
            neverAsked.add(promotion.id());
        }
        Optional<Set<String>> marks = promotion.domain().equals(then.promotion().domain())
                ? then.allowedMarks()
                : new Comparator(promotion, ValueSeal.PLAIN).allowedMarks();
        return new Rules(promotion, then.plain(), marks);
    }

    private Promotion promotion(Rules rules, PromotionConfig wanted) {
        Promotion then = rules.promotion();
        PolicyConfig now = wanted.policy();
        Promotion.Domain domain = wanted.domain().allowed().isPresent()
                ? new Promotion.Domain(wanted.domain().allowed(), then.domain().othersStayNull())
                : then.domain();
        return new Promotion(
                then.id(),
                then.table(),
                then.from(),
                then.to(),
                then.type(),
                wanted.phase(),
                wanted.started().or(then::started),
                then.owner(),
                domain,
                then.references(),
                waivers(then, wanted),
                new Promotion.Policy(
                        now.window(),
                        now.grace(),
                        then.policy().session(),
                        now.abort().mismatchRate(),
                        now.abort().dualWriteLatency(),
                        then.policy().capture()));
    }

    private List<Waiver> waivers(Promotion then, PromotionConfig wanted) {
        return wanted.waivers().stream()
                .map(waiver -> new Waiver(
                        waiver.keys().stream()
                                .map(key -> forms.key(then.table(), key))
                                .collect(Collectors.toSet()),
                        waiver.reason(),
                        waiver.by(),
                        waiver.until()))
                .toList();
    }

    /**
     * The history holds the values of one place, as one type read them: they cannot become others. Of a domain it does
     * not hold the type beneath, which may stand in the file too.
     */
    private static void refuseOtherValues(Rules rules, PromotionConfig wanted) {
        Promotion then = rules.promotion();
        List<String> others = new ArrayList<>();
        note(others, "table", !wanted.table().equals(then.table()));
        note(others, "from", !wanted.from().equals(then.from()));
        note(others, "to", !wanted.target().equals(new PromotionConfig.Target.Column(then.to())));
        note(
                others,
                "type",
                wanted.type()
                        .filter(type -> !TypeName.isOf(type, then.type().sqlName())
                                && !then.type().domain())
                        .isPresent());
        note(
                others,
                "zone",
                wanted.policy()
                        .zone()
                        .filter(zone -> !Optional.of(zone)
                                .equals(then.policy().session().zone()))
                        .isPresent());
        note(
                others,
                "allowed",
                !rules.plain()
                        && wanted.domain().allowed().isPresent()
                        && !wanted.domain().allowed().equals(then.domain().allowed()));
        note(
                others,
                "not_promoted",
                wanted.domain().othersStayNull() && !then.domain().othersStayNull());
        note(
                others,
                "references",
                wanted.references().isPresent() && !wanted.references().equals(then.references()));
        if (!others.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    then.id() + ": the history cannot be judged by another " + String.join(", ", others)
                            + ": it holds " + (rules.plain() ? "the values" : "keyed digests of the values")
                            + " that were compared then, and nothing else. A policy may change grace, window, abort,"
                            + " gate, waivers and phase" + (rules.plain() ? ", and allowed" : ""));
        }
    }

    private static void note(List<String> others, String key, boolean differs) {
        if (differs) {
            others.add(key);
        }
    }

    /** Nobody asked, so nobody knows whether a cleared column is explained. */
    private Effect.Recorded told(Effect.Recorded then) {
        if (neverAsked.isEmpty() || !(then instanceof Effect.ChangeRecorded change)) {
            return then;
        }
        Map<PromotionId, Sides> sides = new LinkedHashMap<>();
        change.sides().forEach((id, both) -> sides.put(id, neverAsked.contains(id) ? unknown(both) : both));
        return new Effect.ChangeRecorded(change.eventId(), change.change(), sides);
    }

    private static Sides unknown(Sides sides) {
        return new Sides(sides.column(), sides.document(), Parent.UNKNOWN, sides.reread());
    }
}
