package dev.deskpost.recipient;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The table of recipients. */
interface RecipientRows extends Repository<RecipientRow, String> {

    Optional<RecipientRow> findById(String id);

    /** The same, and nobody else changes or removes it until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select r from RecipientRow r where r.id = :id")
    Optional<RecipientRow> lock(String id);

    boolean existsById(String id);

    List<RecipientRow> findByIdIn(Collection<String> ids);

    List<RecipientRow> findAllByOrderById();

    @Query("select r.id from RecipientRow r where r.enabled = true order by r.id")
    List<String> enabledIds();

    RecipientRow save(RecipientRow row);

    void delete(RecipientRow row);
}
