package io.promotionverifier.app.config;

import io.promotionverifier.app.config.tree.ConfigProblem;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with all that is wrong with it. Retrying helps only after a change. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<ConfigProblem> problems;

    /** A configuration with these problems, at least one. */
    public ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, in reading order. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
