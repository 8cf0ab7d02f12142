package dev.deskpost.event;

import dev.deskpost.database.NewsFromOthers;
import dev.deskpost.database.WakeUpCalls;
import dev.deskpost.message.Message;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Messages;
import dev.deskpost.message.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Looks up what there is to tell of messages, many at once and on a thread of its own: the one that announces a message is
 * the one that delivers it. Tells the processes that share the database, too, and hears what they tell.
 *
 * <p>When the look comes, a message may have moved on: of a state that is over only that it was there is told, and what is
 * new is told with its own event.
 */
@Component
class MessageNews {

    private static final Logger log = LoggerFactory.getLogger(MessageNews.class);

    /** As many as are looked up in one question, and fit into one notification. */
    private static final int BATCH = 100;

    /** In the place of news: some are missing. */
    private static final String GAP = "-";

    /** While the database is away; what comes on top is told as missing. */
    private static final int MAX_WAITING = 20_000;

    private final EventLog events;
    private final Messages messages;
    private final Optional<WakeUpCalls> others;
    private final ThreadPoolTaskScheduler executor;
    private final Clock clock;

    private final LinkedBlockingQueue<News> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final AtomicBoolean queued = new AtomicBoolean();

    /** The others have missed something, too, and are to be told so. */
    private final AtomicBoolean othersMissed = new AtomicBoolean();

    /** @param fromOthers they know it already */
    private record News(String id, String recipient, MessageState state, Instant at, boolean fromOthers) {

        private String words() {
            return id + ":" + state + ":" + recipient;
        }

        private static News heard(String words, Instant at) {
            String[] parts = words.split(":", 3);
            return new News(parts[0], parts[2], MessageState.valueOf(parts[1]), at, true);
        }
    }

    MessageNews(
            EventLog events,
            Messages messages,
            Optional<WakeUpCalls> others,
            ThreadPoolTaskScheduler eventExecutor,
            Clock clock) {
        this.events = events;
        this.messages = messages;
        this.others = others;
        this.executor = eventExecutor;
        this.clock = clock;
    }

    void add(String id, String recipient, MessageState state) {
        add(new News(id, recipient, state, clock.instant(), false));
    }

    @EventListener
    void on(NewsFromOthers heard) {
        if (heard.news() == null || heard.news().equals(GAP)) {
            events.addGap();
            return;
        }
        try {
            for (String words : heard.news().split(" ", -1)) {
                add(News.heard(words, clock.instant()));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            log.warn("Another Deskpost tells what this one does not understand; is it a newer version?");
            events.addGap();
        }
    }

    private void add(News news) {
        if (!waiting.offer(news)) {
            missed();
        }
        if (queued.compareAndSet(false, true)) {
            try {
                executor.execute(this::tell);
            } catch (TaskRejectedException stopping) {
                log.debug("Not told: the service is stopping");
            }
        }
    }

    private void tell() {
        queued.set(false);
        List<News> batch = new ArrayList<>();
        while (waiting.drainTo(batch, BATCH) > 0) {
            try {
                Map<String, Message> found = messages
                        .findAll(batch.stream().map(News::id).toList())
                        .stream()
                        .collect(Collectors.toMap(Message::id, Function.identity()));
                batch.forEach(news -> events.add(event(news, found.get(news.id()))));
            } catch (RuntimeException e) {
                log.warn("What happened to {} messages cannot be told: {}", batch.size(), e.getMessage());
                missed();
            }
            tellOthers(batch);
            batch.clear();
        }
    }

    private void missed() {
        events.addGap();
        othersMissed.set(true);
    }

    private void tellOthers(List<News> batch) {
        List<String> own = batch.stream()
                .filter(news -> !news.fromOthers())
                .map(News::words)
                .toList();
        others.ifPresent(calls -> {
            try {
                if (othersMissed.getAndSet(false)) {
                    calls.tell(GAP);
                }
                // Two, because names may be long.
                int half = (own.size() + 1) / 2;
                Stream.of(own.subList(0, half), own.subList(half, own.size()))
                        .filter(part -> !part.isEmpty())
                        .forEach(part -> calls.tell(String.join(" ", part)));
            } catch (RuntimeException e) {
                log.warn("The other Deskposts cannot be told what happened: {}", e.getMessage());
                othersMissed.set(true);
            }
        });
    }

    private static Event event(News news, @Nullable Message now) {
        Message message = now != null && now.state() == news.state() ? now : null;
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("at", news.at());
        data.put("id", news.id());
        data.put("recipient", news.recipient());
        data.put("sender", now == null ? null : now.sender());
        data.put("priority", now == null ? null : now.priority());
        data.put("state", news.state());
        data.put("attempts", message == null ? null : message.attempts());
        data.put("channel", message == null ? null : message.channel());
        data.put("evidence", message == null ? null : message.evidence());
        data.put("failure", message == null ? null : message.failure());
        data.put("verdict", message == null || message.verdict() == Verdict.WHOLE ? null : message.verdict());
        return new Event(Event.Type.MESSAGE, news.recipient(), data);
    }
}
