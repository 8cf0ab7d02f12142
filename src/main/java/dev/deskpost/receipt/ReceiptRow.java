package dev.deskpost.receipt;

import dev.deskpost.message.Evidence;
import dev.deskpost.message.Verdict;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Arrays;

/** How a {@link Receipt} lies in the database. What was reported in the same way before, for the same try, is the same row. */
@Entity
@Table(name = "receipt")
@IdClass(ReceiptRow.Key.class)
class ReceiptRow {

    record Key(String messageId, int claims, String reporter, Evidence evidence, Verdict verdict)
            implements Serializable {}

    @Id
    private String messageId;

    /** How often the message had been taken in hand. */
    @Id
    private int claims;

    @Id
    private String reporter;

    @Id
    @Enumerated(EnumType.STRING)
    private Evidence evidence;

    @Id
    @Enumerated(EnumType.STRING)
    private Verdict verdict;

    @Convert(converter = Labels.class)
    private Source source;

    @Column(name = "received_at")
    private Instant at;

    @SuppressWarnings("NullAway.Init")
    protected ReceiptRow() {}

    ReceiptRow(Receipt receipt, int claims) {
        this.messageId = receipt.messageId();
        this.claims = claims;
        this.reporter = receipt.reporter();
        this.evidence = receipt.evidence();
        this.verdict = receipt.verdict();
        this.source = receipt.source();
        this.at = receipt.at();
    }

    Key key() {
        return new Key(messageId, claims, reporter, evidence, verdict);
    }

    Receipt receipt() {
        return new Receipt(messageId, reporter, source, evidence, verdict, at);
    }

    /** Sources are stored by their labels. */
    static final class Labels implements AttributeConverter<Source, String> {

        @Override
        public String convertToDatabaseColumn(Source source) {
            return source.label();
        }

        @Override
        public Source convertToEntityAttribute(String label) {
            return Arrays.stream(Source.values())
                    .filter(source -> source.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no source is called " + label));
        }
    }
}
