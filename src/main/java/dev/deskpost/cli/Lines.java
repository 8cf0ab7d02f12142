package dev.deskpost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an answer that may pause for ever: {@link #next} has a limit, which reading a body has not. A thread reads
 * ahead, and not far.
 */
final class Lines implements Closeable {

    private static final int AHEAD = 256;

    private final BlockingQueue<Read> read = new ArrayBlockingQueue<>(AHEAD);
    private final InputStream in;
    private final Thread reader;

    /**
     * @param line null at the end
     * @param failure why it ended, if not regularly
     */
    private record Read(@Nullable String line, @Nullable IOException failure) {}

    Lines(InputStream in) {
        this.in = in;
        this.reader = new Thread(this::readAll, "events");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * @return the next line; empty at the end
     * @throws IOException if the connection broke, or nothing came in that time
     */
    Optional<String> next(Duration limit) throws IOException {
        try {
            Read next = read.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new IOException("nothing was heard for " + limit.toSeconds() + " s");
            }
            if (next.failure() != null) {
                throw next.failure();
            }
            return Optional.ofNullable(next.line());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void readAll() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                read.put(new Read(line, null));
            }
            read.put(new Read(null, null));
        } catch (IOException e) {
            tellFailure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellFailure(IOException e) {
        try {
            read.put(new Read(null, e));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        reader.interrupt();
        in.close();
    }
}
