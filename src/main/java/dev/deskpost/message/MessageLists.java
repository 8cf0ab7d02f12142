package dev.deskpost.message;

import dev.deskpost.database.DatabaseKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.stereotype.Component;

/**
 * Pages of messages, newest first, each read from the index of its filter however many messages there are. Both databases
 * have to be told how:
 *
 * <ul>
 *   <li>H2 reads an index backwards only if the order names its columns from the first; otherwise it sorts.
 *   <li>PostgreSQL leaves a column that must equal something out of the order, and then may walk the whole table from its
 *       end, past a million finished messages, to find the first that waits. A range of one value keeps the column in. For
 *       H2 a range would be no reason to read the index in its order.
 * </ul>
 */
@Component
class MessageLists {

    private final MessageRows rows;
    private final boolean postgres;

    MessageLists(MessageRows rows, JdbcConnectionDetails connection) {
        this.rows = rows;
        this.postgres = DatabaseKind.of(connection) == DatabaseKind.POSTGRESQL;
    }

    /** @param before where the page starts, as the page before said; null for the newest */
    MessagePage page(MessageFilter filter, @Nullable Long before, int limit) {
        if (!filter.canMatch()) {
            return new MessagePage(List.of(), null);
        }
        List<String> columns = indexed(filter);
        List<Message> found = rows.findBy(
                matches(filter, columns, before),
                query -> query.sortBy(newestFirst(columns)).limit(limit + 1).all());
        boolean more = found.size() > limit;
        List<Message> page = more ? found.subList(0, limit) : found;
        return new MessagePage(List.copyOf(page), more ? page.get(limit - 1).seq() : null);
    }

    /** The columns of the index that serves the filter, those before {@code seq}: two at most. */
    private static List<String> indexed(MessageFilter filter) {
        List<String> columns = new ArrayList<>();
        if (filter.sender() != null && (filter.recipient() == null || filter.state() == null)) {
            columns.add("sender");
        }
        if (filter.recipient() != null) {
            columns.add("recipient");
        }
        if (filter.state() != null) {
            columns.add("state");
        }
        return columns;
    }

    private static Sort newestFirst(List<String> columns) {
        List<String> all = new ArrayList<>(columns);
        all.add("seq");
        return Sort.by(Sort.Direction.DESC, all.toArray(String[]::new));
    }

    /** Only the conditions that are wanted: one for all cases could use no index. */
    private Specification<Message> matches(MessageFilter filter, List<String> columns, @Nullable Long before) {
        String ranged = postgres && !columns.isEmpty() ? columns.get(columns.size() - 1) : "";
        Specification<Message> older = (message, query, criteria) ->
                criteria.lessThan(message.get("seq"), before == null ? Long.MAX_VALUE : before);
        return older.and(is("state", filter.state(), ranged))
                .and(is("recipient", filter.recipient(), ranged))
                .and(is("sender", filter.sender(), ranged));
    }

    private static <T extends Comparable<? super T>> Specification<Message> is(
            String field, @Nullable T value, String ranged) {
        if (value == null) {
            return Specification.unrestricted();
        }
        return field.equals(ranged)
                ? (message, query, criteria) -> criteria.between(message.get(field), value, value)
                : (message, query, criteria) -> criteria.equal(message.get(field), value);
    }
}
