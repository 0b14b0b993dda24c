package io.promotionverifier.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackPortIT {
    /** The broker's own port is free while it is down: its controller once took it, and the broker did not start. */
    @Test
    void aPortThatIsKeptForSomebodyElseIsNotTaken() throws IOException {
        int kept = LoopbackPort.claim("one", 0);
        int other = LoopbackPort.claimBeside(kept, "other");
        Iterator<Integer> candidates = List.of(kept, kept, other).iterator();

        assertThat(LoopbackPort.anyBut(kept, "other", candidates::next)).isEqualTo(other);
    }
}
