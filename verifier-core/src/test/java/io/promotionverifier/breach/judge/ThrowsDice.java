package io.promotionverifier.breach.judge;

import java.util.Random;

/** Throws dice that nobody can throw again. */
public final class ThrowsDice {
    /** Chance. */
    public int dice() {
        return new Random().nextInt(6);
    }
}
