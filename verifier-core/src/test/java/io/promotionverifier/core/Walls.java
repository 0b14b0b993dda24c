package io.promotionverifier.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget.ConstructorCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the rooms below a root package may not import or call.
 *
 * @param root the package that holds the rooms
 */
record Walls(String root) {
    /** Each room and those that it may import besides itself. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("change", List.of()),
            Map.entry("promotion", List.of("change")),
            Map.entry("compare", List.of("change", "promotion")),
            Map.entry("ledger", List.of("change", "promotion", "compare")),
            Map.entry("settle", List.of("change", "promotion", "compare", "ledger")),
            Map.entry("judge", List.of("change", "promotion", "compare", "ledger", "settle")),
            Map.entry("stream", List.of("change")),
            Map.entry("census", List.of("change", "promotion")),
            Map.entry("sql", List.of("change", "promotion")),
            Map.entry(
                    "pipeline",
                    List.of("change", "promotion", "compare", "ledger", "settle", "judge", "stream", "sql", "census")),
            Map.entry(
                    "replay",
                    List.of("change", "promotion", "compare", "judge", "settle", "stream", "census", "pipeline")),
            Map.entry(
                    "gate",
                    List.of("change", "promotion", "compare", "ledger", "settle", "judge", "census", "pipeline")));

    private static final Set<String> CLOCKS = Set.of("currentTimeMillis", "nanoTime");

    /** Nothing but these packages of the JDK, the annotations for null, and the core itself. */
    ArchRule pure() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "java.lang",
                                "java.lang.annotation",
                                "java.lang.invoke",
                                "java.lang.runtime",
                                "java.math",
                                "java.time..",
                                "java.util",
                                "java.util.function",
                                "java.util.regex",
                                "java.util.stream",
                                "org.jspecify..",
                                root + "..")
                        .or(describe("primitive", Walls::isPrimitive)))
                .because("the core is pure: no I/O and no library");
    }

    private static boolean isPrimitive(JavaClass type) {
        return type.getBaseComponentType().isPrimitive();
    }

    /** Time and chance come in as inputs, or a replay would not give the same bytes. */
    ArchRule clockless() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .accessTargetWhere(describe("it reads a clock or throws dice", Walls::isUnrepeatable))
                .orShould()
                .dependOnClassesThat(belongToAnyOf(
                        Clock.class, InstantSource.class, Thread.class, Runtime.class, ProcessBuilder.class))
                .because("the core never asks the time, never waits and never throws dice");
    }

    private static boolean isUnrepeatable(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        boolean now = name.equals("now") && owner.getPackageName().startsWith("java.time");
        boolean clock = owner.isEquivalentTo(System.class) && CLOCKS.contains(name);
        boolean chance = (owner.isEquivalentTo(Math.class) && name.equals("random"))
                || (owner.isEquivalentTo(UUID.class) && name.equals("randomUUID"));
        return now || clock || chance || isUnseeded(access);
    }

    private static boolean isUnseeded(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        boolean generator = owner.isEquivalentTo(Random.class) || owner.isEquivalentTo(SplittableRandom.class);
        return generator
                && access.getTarget() instanceof ConstructorCallTarget constructor
                && constructor.getRawParameterTypes().isEmpty();
    }

    /** The arrows between rooms, and no class outside a room. */
    Stream<ArchRule> arrows() {
        ArchRule noOtherRoom = classes()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .resideInAnyPackage(within(ARROWS.keySet()))
                .because("each rule has its room");
        return Stream.concat(Stream.of(noOtherRoom), ARROWS.entrySet().stream().map(this::arrow));
    }

    private ArchRule arrow(Map.Entry<String, List<String>> arrow) {
        Set<String> own = Set.of(arrow.getKey());
        return classes()
                .that()
                .resideInAnyPackage(within(own))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(root + "..")
                        .or(resideInAnyPackage(within(own)))
                        .or(resideInAnyPackage(within(arrow.getValue()))))
                .allowEmptyShould(true)
                .because(arrow.getKey() + " imports " + arrow.getValue());
    }

    private String[] within(Collection<String> rooms) {
        return rooms.stream().map(room -> root + "." + room + "..").toArray(String[]::new);
    }

    /** Names that say nothing. */
    ArchRule wellNamed() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .because("a name says what a thing is");
    }
}
