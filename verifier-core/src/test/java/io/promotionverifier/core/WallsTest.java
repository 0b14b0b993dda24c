package io.promotionverifier.core;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.promotionverifier.breach.AtHomeNowhere;
import io.promotionverifier.breach.change.ReachesUp;
import io.promotionverifier.breach.judge.AsksTheSystem;
import io.promotionverifier.breach.judge.AsksTheTime;
import io.promotionverifier.breach.judge.FindingManager;
import io.promotionverifier.breach.judge.NamesTheClock;
import io.promotionverifier.breach.judge.ReadsFiles;
import io.promotionverifier.breach.judge.ThrowsDice;
import io.promotionverifier.breach.judge.Waits;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The walls of the core stand; and each of them falls on a class built to break it. */
final class WallsTest {
    private static final Walls CORE = new Walls("io.promotionverifier.core");
    private static final Walls BREACH = new Walls("io.promotionverifier.breach");
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(CORE.root());

    static Stream<ArchRule> walls() {
        return Stream.concat(Stream.of(CORE.pure(), CORE.clockless(), CORE.wellNamed()), CORE.arrows());
    }

    @ParameterizedTest
    @MethodSource("walls")
    void theCoreKeepsToItsWalls(ArchRule wall) {
        wall.check(MAIN);
    }

    @Test
    void theWallOfPurityFallsOnFiles() {
        assertFalls(BREACH.pure(), ReadsFiles.class, "java.nio.file");
    }

    @ParameterizedTest
    @ValueSource(classes = {AsksTheTime.class, AsksTheSystem.class, NamesTheClock.class, ThrowsDice.class, Waits.class})
    void theWallAgainstClocksFallsOn(Class<?> breach) {
        assertFalls(BREACH.clockless(), breach, breach.getSimpleName());
    }

    @Test
    void theWallOfNamesFallsOnAManager() {
        assertFalls(BREACH.wellNamed(), FindingManager.class, "FindingManager");
    }

    @Test
    void anArrowFallsOnAnImportAgainstIt() {
        assertFalls(BREACH::arrows, ReachesUp.class, "change imports []");
    }

    @Test
    void aClassOutsideTheRoomsIsSeen() {
        assertFalls(BREACH::arrows, AtHomeNowhere.class, "each rule has its room");
    }

    private static void assertFalls(ArchRule wall, Class<?> breach, String message) {
        JavaClasses only = new ClassFileImporter().importClasses(breach);
        assertThatThrownBy(() -> wall.check(only))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }

    private static void assertFalls(
            java.util.function.Supplier<Stream<ArchRule>> walls, Class<?> breach, String message) {
        JavaClasses only = new ClassFileImporter().importClasses(breach);
        assertThatThrownBy(() ->
                        walls.get().forEach(wall -> wall.allowEmptyShould(true).check(only)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}
