package io.promotionverifier.app.cli;

/** Checks of option values that picocli cannot make; a violation is a usage error. */
final class Checked {
    private Checked() {}

    static int between(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new CommandException(ExitCode.USAGE, option + " is between " + least + " and " + most);
        }
        return value;
    }

    static String given(String option, String text) {
        if (text.isBlank()) {
            throw new CommandException(ExitCode.USAGE, option + " cannot be blank");
        }
        return text;
    }
}
