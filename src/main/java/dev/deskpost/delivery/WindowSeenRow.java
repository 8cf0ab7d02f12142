package dev.deskpost.delivery;

import dev.deskpost.desktop.Bounds;
import dev.deskpost.desktop.Point;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** How a {@link WindowSeen} lies in the database. */
@Entity
@Table(name = "window_seen")
class WindowSeenRow {

    @Id
    private String recipient;

    private int x;
    private int y;
    private int width;
    private int height;

    @Column(name = "input_x")
    private int inputX;

    @Column(name = "input_y")
    private int inputY;

    private Instant seenAt;

    @SuppressWarnings("NullAway.Init")
    protected WindowSeenRow() {}

    WindowSeenRow(String recipient, WindowSeen seen, Instant seenAt) {
        this.recipient = recipient;
        this.x = seen.bounds().x();
        this.y = seen.bounds().y();
        this.width = seen.bounds().width();
        this.height = seen.bounds().height();
        this.inputX = seen.input().x();
        this.inputY = seen.input().y();
        this.seenAt = seenAt;
    }

    WindowSeen seen() {
        return new WindowSeen(new Bounds(x, y, width, height), new Point(inputX, inputY));
    }

    String recipient() {
        return recipient;
    }

    Instant seenAt() {
        return seenAt;
    }
}
