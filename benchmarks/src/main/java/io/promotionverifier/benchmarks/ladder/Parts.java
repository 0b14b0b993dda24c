package io.promotionverifier.benchmarks.ladder;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was measured besides laps; each absent if it was not.
 *
 * @param latency latency and idleness
 * @param caughtUp how fast a backlog was read
 * @param suspectsShare the bytes that the server sends where it compares first, as a share of all
 * @param censusLoad what a census costs the application beside it
 * @param startUp how long people wait
 * @param soak what memory the daemon takes after millions of changes
 */
record Parts(
        Optional<Visibility.Seen> latency,
        Optional<CatchUp.Seen> caughtUp,
        OptionalDouble suspectsShare,
        Optional<CensusLoad.Seen> censusLoad,
        Optional<StartUp.Seen> startUp,
        Optional<Soak.Seen> soak) {
    static final Parts NONE = new Parts(
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    Parts withLatency(Visibility.Seen seen) {
        return new Parts(Optional.of(seen), caughtUp, suspectsShare, censusLoad, startUp, soak);
    }

    Parts withCaughtUp(CatchUp.Seen seen) {
        return new Parts(latency, Optional.of(seen), suspectsShare, censusLoad, startUp, soak);
    }

    Parts withSuspectsShare(double share) {
        return new Parts(latency, caughtUp, OptionalDouble.of(share), censusLoad, startUp, soak);
    }

    Parts withCensusLoad(CensusLoad.Seen seen) {
        return new Parts(latency, caughtUp, suspectsShare, Optional.of(seen), startUp, soak);
    }

    Parts withStartUp(StartUp.Seen seen) {
        return new Parts(latency, caughtUp, suspectsShare, censusLoad, Optional.of(seen), soak);
    }

    Parts withSoak(Soak.Seen seen) {
        return new Parts(latency, caughtUp, suspectsShare, censusLoad, startUp, Optional.of(seen));
    }
}
