package dev.deskpost.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of cells below a heading. Where the terminal is too narrow the widest columns are cut. */
final class Table {

    private static final int GAP = 2;
    private static final int LEAST = 6;

    private final List<List<Words>> rows = new ArrayList<>();
    private final int columns;

    Table(String... heading) {
        columns = heading.length;
        rows.add(Arrays.stream(heading).map(Words::strong).toList());
    }

    void row(Words... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + columns + " columns");
        }
        rows.add(Arrays.stream(cells)
                .map(cell -> new Words(Harmless.line(cell.text()), cell.style()))
                .toList());
    }

    void printTo(Terminal terminal) {
        int[] widths = widths(terminal.width());
        for (List<Words> row : rows) {
            List<Words> line = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                Words cell = row.get(i);
                String text = Columns.cut(cell.text(), widths[i]);
                line.add(new Words(text, cell.style()));
                if (i < columns - 1) {
                    line.add(Words.plain(" ".repeat(widths[i] - Columns.of(text) + GAP)));
                }
            }
            terminal.line(line.toArray(Words[]::new));
        }
    }

    private int[] widths(int limit) {
        int[] widths = IntStream.range(0, columns)
                .map(i -> rows.stream()
                        .mapToInt(row -> Columns.of(row.get(i).text()))
                        .max()
                        .orElse(0))
                .toArray();
        int excess = Arrays.stream(widths).sum() + GAP * (columns - 1) - limit;
        for (; excess > 0; excess--) {
            int widest =
                    IntStream.range(0, columns).reduce(0, (one, other) -> widths[other] > widths[one] ? other : one);
            if (widths[widest] <= LEAST) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }
}
