package dev.deskpost.recipient;

import dev.deskpost.station.StationProperties;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.ObjectMapper;

/** The directory of those who can be written to. */
@Component
public class Recipients {

    /** What an id may be: it becomes part of file names and paths. */
    public static final String ID_PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private static final int ASKED_AT_ONCE = 500;

    private static final Pattern ID = Pattern.compile(ID_PATTERN);

    private final RecipientRows rows;
    private final ObjectMapper json;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final String ownStation;

    Recipients(
            RecipientRows rows,
            ObjectMapper json,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            StationProperties own) {
        this.rows = rows;
        this.json = json;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.ownStation = own.station();
    }

    /** An id and what was written down about it. */
    public record Entry(String id, RecipientSettings settings) {}

    /** The recipient, ready to be delivered to. */
    public Optional<Recipient> find(String id) {
        return settings(id).map(settings -> Recipient.of(id, settings));
    }

    public Optional<RecipientSettings> settings(String id) {
        return isId(id) ? rows.findById(id).map(this::read) : Optional.empty();
    }

    public boolean exists(String id) {
        return isId(id) && rows.existsById(id);
    }

    public List<Entry> all() {
        return rows.findAllByOrderById().stream()
                .map(row -> new Entry(row.id(), read(row)))
                .toList();
    }

    /** Those that take messages at present, in their order. */
    public List<String> enabled() {
        return rows.enabledIds();
    }

    /** What was written down about those of them that are known. */
    public Map<String, RecipientSettings> settings(Collection<String> ids) {
        List<String> wanted = ids.stream().distinct().filter(Recipients::isId).toList();
        Map<String, RecipientSettings> found = new HashMap<>();
        for (int from = 0; from < wanted.size(); from += ASKED_AT_ONCE) {
            rows.findByIdIn(wanted.subList(from, Math.min(wanted.size(), from + ASKED_AT_ONCE)))
                    .forEach(row -> found.put(row.id(), read(row)));
        }
        return found;
    }

    /**
     * Writes the recipient down, in place of what stood there.
     *
     * @return whether it is new
     */
    public boolean put(String id, RecipientSettings settings) {
        try {
            return write(id, settings);
        } catch (DataIntegrityViolationException madeMeanwhile) {
            return write(id, settings); // Another made it in the same moment; now it is there to be replaced.
        }
    }

    /**
     * Writes the recipient down, unless one of this id is there.
     *
     * @return whether it was written
     */
    public boolean add(String id, RecipientSettings settings) {
        if (exists(id)) {
            return false;
        }
        try {
            String document = json.writeValueAsString(settings);
            transaction.executeWithoutResult(status -> {
                rows.save(new RecipientRow(id, settings, station(settings), document));
                events.publishEvent(new RecipientChanged(id));
            });
            return true;
        } catch (DataIntegrityViolationException madeMeanwhile) {
            return false;
        }
    }

    private boolean write(String id, RecipientSettings settings) {
        String station = station(settings);
        String document = json.writeValueAsString(settings);
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<RecipientRow> present = rows.lock(id);
            present.ifPresentOrElse(
                    row -> row.replace(settings, station, document),
                    () -> rows.save(new RecipientRow(id, settings, station, document)));
            events.publishEvent(new RecipientChanged(id));
            return present.isEmpty();
        }));
    }

    /** @return whether it was there */
    @Transactional
    public boolean remove(String id) {
        Optional<RecipientRow> present = isId(id) ? rows.lock(id) : Optional.empty();
        present.ifPresent(row -> {
            rows.delete(row);
            events.publishEvent(new RecipientChanged(id));
        });
        return present.isPresent();
    }

    /** What cannot be an id is not asked for: a zero character in it would be an error for some databases. */
    private static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private String station(RecipientSettings settings) {
        return settings.station() == null ? ownStation : settings.station();
    }

    private RecipientSettings read(RecipientRow row) {
        return json.readValue(row.settings(), RecipientSettings.class);
    }
}
