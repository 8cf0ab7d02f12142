package dev.deskpost.event;

import dev.deskpost.event.EventLog.Batch;
import dev.deskpost.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/**
 * Tells the log to those who listen, each on a thread of its own: who reads slowly, or has gone without a word, holds up
 * nobody but itself.
 */
@Component
public class EventStreams implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

    private static final Duration RECONNECT = Duration.ofSeconds(2);
    private static final Duration IDLE_THREADS = Duration.ofMinutes(1);

    /** A listener that has gone shows with the second word to it at the latest: the first is answered that nobody is there. */
    private static final int LOOKS = 3;

    private static final Duration LOOK = Duration.ofMillis(200);

    /** Streams have no time limit: they end with the listener, or with the service. */
    private static final long FOR_EVER = 0L;

    private final EventLog events;
    private final Duration heartbeat;
    private final int most;
    private final Semaphore places;
    private final ThreadPoolExecutor threads;

    EventStreams(EventLog events, EventProperties properties) {
        this.events = events;
        this.heartbeat = properties.heartbeat();
        this.most = properties.maxStreams();
        this.places = new Semaphore(most);
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE, // So many as there are places
                IDLE_THREADS.toMillis(),
                TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(),
                new CustomizableThreadFactory("deskpost-events-"));
    }

    /** How events are put to a listener. */
    public interface Telling {

        /** @return what is sent for them, in its order; maybe nothing */
        List<SseEventBuilder> of(Batch batch);

        /** The least time between two batches; what happens meanwhile comes together. */
        default Duration pause() {
            return Duration.ZERO;
        }
    }

    /**
     * Begins to tell.
     *
     * @param response gets what keeps proxies from holding the news back
     * @throws Problem if too many listen already
     */
    public SseEmitter open(HttpServletResponse response, EventPosition from, Telling telling) {
        takePlace();
        response.setHeader("X-Accel-Buffering", "no");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        SseEmitter stream = new SseEmitter(FOR_EVER);
        try {
            threads.execute(() -> {
                try {
                    tell(stream, from, telling);
                } finally {
                    places.release();
                }
            });
        } catch (RejectedExecutionException stopping) {
            places.release();
            stream.complete();
        }
        return stream;
    }

    /** Listeners leave without a word: before somebody is refused, it is seen to who is still there. */
    private void takePlace() {
        boolean taken = places.tryAcquire();
        try {
            for (int look = 0; !taken && look < LOOKS; look++) {
                events.stir();
                taken = places.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        if (!taken) {
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "TOO_MANY_STREAMS",
                    most + " streams of events are open, and more are not allowed"
                            + " (deskpost.events.max-streams); close one, or come again later");
        }
    }

    private void tell(SseEmitter stream, EventPosition from, Telling telling) {
        try {
            // Nothing is dispatched for it, but whoever is cut off now knows from where to go on (HTML, section 9.2.6).
            stream.send(SseEmitter.event().id(from.toString()).reconnectTime(RECONNECT.toMillis()));
            EventPosition position = from;
            long toldAt = System.nanoTime();
            while (!events.isClosed()) {
                Batch batch = events.after(position, heartbeat.minusNanos(System.nanoTime() - toldAt));
                position = batch.next();
                List<SseEventBuilder> told = telling.of(batch);
                for (SseEventBuilder each : told) {
                    stream.send(each);
                }
                boolean isTime = System.nanoTime() - toldAt >= heartbeat.toNanos();
                if (told.isEmpty() && (isTime || batch.entries().isEmpty())) {
                    // Its time is up, or somebody wants to know. With what was read and did not concern the listener:
                    // it need not be read again.
                    stream.send(SseEmitter.event().id(position.toString()).comment("alive"));
                    toldAt = System.nanoTime();
                } else if (!told.isEmpty()) {
                    toldAt = System.nanoTime();
                    events.awaitClosed(telling.pause());
                }
            }
            stream.complete();
        } catch (IOException | IllegalStateException gone) {
            log.debug("Somebody does not listen any more: {}", gone.getMessage());
            stream.completeWithError(gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            stream.complete();
        } catch (RuntimeException e) {
            log.error("Unhandled error in a stream of events; it is closed, and its listener will come again", e);
            stream.completeWithError(e);
        }
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
