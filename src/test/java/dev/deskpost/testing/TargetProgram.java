package dev.deskpost.testing;

import java.util.List;

/** A running program with windows that messages may go to; ends with {@link #close}. */
public interface TargetProgram extends AutoCloseable {

    List<TargetWindow> windows();

    @Override
    void close();
}
