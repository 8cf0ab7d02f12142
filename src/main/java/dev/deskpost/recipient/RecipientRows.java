package dev.deskpost.recipient;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** The table of recipients. */
interface RecipientRows extends Repository<RecipientRow, String> {

    Optional<RecipientRow> findById(String id);

    boolean existsById(String id);

    List<RecipientRow> findAllByOrderById();

    RecipientRow save(RecipientRow row);

    void delete(RecipientRow row);
}
