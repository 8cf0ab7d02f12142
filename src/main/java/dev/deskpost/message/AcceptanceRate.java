package dev.deskpost.message;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * How fast one caller may bring messages in: a bucket of tokens for each, one token for a message. It is no means to share
 * the service out, but a fuse: a script that went wild fills the table with messages that somebody has to clean up.
 */
@Component
public class AcceptanceRate {

    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final MessageProperties properties;

    AcceptanceRate(MessageProperties properties) {
        this.properties = properties;
    }

    /**
     * To be asked before messages are accepted.
     *
     * @param caller the name of who showed the token
     * @throws TooFast if the caller has brought in too many
     */
    public void take(String caller, int messages) {
        // What is more than a full bucket holds passes with a full one, or it would never pass.
        int tokens = Math.min(messages, properties.maxBurst());
        var answer = buckets.computeIfAbsent(caller, name -> full()).tryConsumeAndReturnRemaining(tokens);
        if (!answer.isConsumed()) {
            throw new TooFast(
                    properties.maxRate(), properties.maxBurst(), Duration.ofNanos(answer.getNanosToWaitForRefill()));
        }
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit ->
                        limit.capacity(properties.maxBurst()).refillGreedy(properties.maxRate(), Duration.ofSeconds(1)))
                .build();
    }
}
