package dev.deskpost.delivery;

import dev.deskpost.delivery.AdaptiveTimeouts.Timing;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * The limit of one kind of wait, learned from how long it took.
 *
 * <p>A percentile does not move for one slow answer. So that a window that has become slow gets its time at the next try,
 * the limit doubles with each miss in a row, as the retransmission timer of RFC 6298 (5.5) does; it falls back when a wait
 * was met that would have been met without that.
 */
final class LearnedLimit {

    private static final double PERCENTILE = 95;
    private static final double SAFETY = 1.5;

    /** With more than these, old ones lose half of their weight: what was true last month must not hide today. */
    private static final int MOST_SAMPLES = 1000;

    /** Values are kept as microseconds to two digits, up to an hour. */
    private static final int DIGITS = 2;

    private static final long LONGEST = Duration.ofHours(1).toNanos() / 1000;

    /** Doubled this often, any limit is above its ceiling. */
    private static final int MOST_DOUBLINGS = 30;

    private final Duration floor;
    private final Duration ceiling;
    private Histogram took = new Histogram(LONGEST, DIGITS);
    private int misses;
    private WaitFigures figures = WaitFigures.NONE;
    private boolean news;

    LearnedLimit(Duration floor, Duration ceiling) {
        this.floor = floor;
        this.ceiling = ceiling;
    }

    synchronized Duration limit() {
        Duration limit = undoubled();
        for (int i = 0; i < misses && limit.compareTo(ceiling) < 0; i++) {
            limit = limit.multipliedBy(2);
        }
        return atMostCeiling(limit);
    }

    synchronized Timing timing() {
        return new Timing(took.getTotalCount() == 0 ? null : percentile(), limit());
    }

    synchronized WaitFigures figures() {
        return figures;
    }

    synchronized void met(Duration time) {
        if (time.compareTo(undoubled()) <= 0) {
            misses = 0;
        }
        figures = figures.met(time);
        took.recordValue(Math.min(LONGEST, Math.max(0, time.toNanos() / 1000)));
        forgetOld();
        news = true;
    }

    synchronized void missed() {
        figures = figures.miss();
        misses = Math.min(MOST_DOUBLINGS, misses + 1);
    }

    synchronized Optional<String> takeNews() {
        if (!news) {
            return Optional.empty();
        }
        news = false;
        ByteBuffer bytes = ByteBuffer.allocate(took.getNeededByteBufferCapacity());
        int length = took.encodeIntoCompressedByteBuffer(bytes);
        return Optional.of(Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length)));
    }

    synchronized void remember(String measured) {
        try {
            Histogram remembered = Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(measured)), 0);
            // Copied value by value: one that is out of range is found before anything is changed.
            Histogram sum = took.copy();
            for (HistogramIterationValue value : remembered.recordedValues()) {
                sum.recordValueWithCount(value.getValueIteratedTo(), value.getCountAtValueIteratedTo());
            }
            took = sum;
            forgetOld();
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("not what was once measured: " + e, e);
        }
    }

    private Duration undoubled() {
        if (took.getTotalCount() == 0) {
            return ceiling;
        }
        Duration learned = Duration.ofNanos(Math.round(percentile().toNanos() * SAFETY));
        return atMostCeiling(learned.compareTo(floor) < 0 ? floor : learned);
    }

    private Duration percentile() {
        return Duration.ofNanos(took.getValueAtPercentile(PERCENTILE) * 1000);
    }

    private Duration atMostCeiling(Duration limit) {
        return limit.compareTo(ceiling) > 0 ? ceiling : limit;
    }

    /** Keeps every second value in their order: to halve each count would lose all values that came once. */
    private void forgetOld() {
        while (took.getTotalCount() > MOST_SAMPLES) {
            Histogram half = new Histogram(LONGEST, DIGITS);
            long seen = 0;
            for (HistogramIterationValue value : took.recordedValues()) {
                long count = value.getCountAtValueIteratedTo();
                long kept = (seen + count) / 2 - seen / 2;
                if (kept > 0) {
                    half.recordValueWithCount(value.getValueIteratedTo(), kept);
                }
                seen += count;
            }
            took = half;
        }
    }
}
