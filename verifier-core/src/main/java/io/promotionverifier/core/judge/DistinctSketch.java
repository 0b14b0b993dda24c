package io.promotionverifier.core.judge;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts distinct 64-bit hashes: exactly up to {@value #EXACT}, beyond that within 1.6 % (standard error) in 4 KiB.
 * Confined to the thread that walks the line.
 *
 * <p>Beyond the exact part it is HyperLogLog with 2^12 registers and the estimator of O. Ertl, "New cardinality
 * estimation algorithms for HyperLogLog sketches" (2017), algorithm 6: no bias at any size, no tables.
 */
public final class DistinctSketch {
    static final int EXACT = 1_024;
    private static final int PRECISION = 12;
    private static final int REGISTERS = 1 << PRECISION;
    private static final int RANKS = 64 - PRECISION;

    private Set<Long> exact = new HashSet<>();
    private byte[] registers = new byte[0];
    private long estimated = -1;

    /**
     * The immutable form, for states.
     *
     * @param hashes the hashes in ascending order while counting is exact; else empty
     * @param registers the registers once it is not; else empty
     */
    @SuppressWarnings("ArrayRecordComponent") // serialised once and never compared
    public record Snapshot(long[] hashes, byte[] registers) {}

    /** Nothing counted. */
    public DistinctSketch() {}

    public DistinctSketch(Snapshot from) {
        for (long hash : from.hashes()) {
            exact.add(hash);
        }
        registers = from.registers().clone();
    }

    /** Adds a hash; true when that changed the sketch. */
    public boolean add(long hash) {
        if (registers.length > 0) {
            return addToRegisters(hash);
        }
        if (!exact.add(hash)) {
            return false;
        }
        if (exact.size() > EXACT) {
            registers = new byte[REGISTERS];
            exact.forEach(this::addToRegisters);
            exact = new HashSet<>();
        }
        return true;
    }

    private boolean addToRegisters(long hash) {
        int register = (int) (hash >>> RANKS);
        int rank = Math.min(Long.numberOfLeadingZeros(hash << PRECISION), RANKS) + 1;
        if (registers[register] >= rank) {
            return false;
        }
        registers[register] = (byte) rank;
        estimated = -1;
        return true;
    }

    /** Adds all that another sketch counted; true when that changed this one. */
    public boolean addAll(DistinctSketch other) {
        boolean changed = false;
        for (Long hash : other.exact) {
            changed |= add(hash);
        }
        return other.registers.length == 0 ? changed : addRegisters(other.registers) || changed;
    }

    private boolean addRegisters(byte[] others) {
        boolean changed = registers.length == 0;
        if (changed) {
            registers = new byte[REGISTERS];
            exact.forEach(this::addToRegisters);
            exact = new HashSet<>();
        }
        for (int i = 0; i < REGISTERS; i++) {
            if (others[i] > registers[i]) {
                registers[i] = others[i];
                changed = true;
            }
        }
        estimated = -1;
        return changed;
    }

    /** The number of distinct hashes. */
    public long count() {
        if (registers.length == 0) {
            return exact.size();
        }
        if (estimated < 0) {
            estimated = Math.round(estimate());
        }
        return estimated;
    }

    /** The number of distinct hashes of this sketch and another together. */
    public long countWith(DistinctSketch other) {
        if (registers.length == 0 && other.registers.length == 0 && exact.size() + other.exact.size() <= EXACT) {
            return exact.size()
                    + other.exact.stream().filter(hash -> !exact.contains(hash)).count();
        }
        DistinctSketch union = new DistinctSketch();
        union.addAll(this);
        union.addAll(other);
        return union.count();
    }

    /** True when {@link #countWith} another is exact, and not an estimate. */
    boolean isExactWith(DistinctSketch other) {
        return registers.length == 0 && other.registers.length == 0 && exact.size() + other.exact.size() <= EXACT;
    }

    private double estimate() {
        int[] multiplicity = new int[RANKS + 2];
        for (byte rank : registers) {
            multiplicity[rank]++;
        }
        double z = REGISTERS * tau(1 - (double) multiplicity[RANKS + 1] / REGISTERS);
        for (int rank = RANKS; rank >= 1; rank--) {
            z = 0.5 * (z + multiplicity[rank]);
        }
        z += REGISTERS * sigma((double) multiplicity[0] / REGISTERS);
        return (double) REGISTERS * REGISTERS / (2 * Math.log(2) * z);
    }

    private static double sigma(double start) {
        double x = start;
        double y = 1;
        double z = x;
        double previous;
        do {
            x *= x;
            previous = z;
            z += x * y;
            y += y;
        } while (z > previous);
        return z;
    }

    private static double tau(double start) {
        if (start <= 0 || start >= 1) {
            return 0;
        }
        double x = start;
        double y = 1;
        double z = 1 - x;
        double previous;
        do {
            x = Math.sqrt(x);
            previous = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        } while (z < previous);
        return z / 3;
    }

    /** The state of now. */
    public Snapshot snapshot() {
        long[] hashes = exact.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(hashes);
        return new Snapshot(hashes, registers.clone());
    }
}
