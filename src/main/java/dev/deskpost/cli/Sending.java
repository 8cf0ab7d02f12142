package dev.deskpost.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;

/**
 * Brings a message in once. Where the connection breaks it is not known whether the service has it: the same call with the
 * same {@code Idempotency-Key} finds out, and sends nothing twice.
 */
final class Sending {

    private static final int TRIES = 3;

    private final Service service;
    private final Backoff backoff;

    Sending(Service service, Backoff backoff) {
        this.service = service;
        this.backoff = backoff;
    }

    /** @throws GivenUp if the service refuses it, or if it is not known whether it has it */
    Reply send(String json, String key) {
        boolean mayHaveArrived = false;
        for (int left = TRIES - 1; ; left--) {
            try {
                return service.accepted(service.post("/api/v1/messages", json, Map.of("Idempotency-Key", key)));
            } catch (ConnectException | NoRouteToHostException | UnknownHostException | SSLHandshakeException e) {
                if (!mayHaveArrived || left == 0) {
                    throw gaveUp(e, mayHaveArrived, key);
                }
            } catch (IOException e) {
                mayHaveArrived = true;
                if (left == 0) {
                    throw gaveUp(e, true, key);
                }
            }
            backoff.pause();
        }
    }

    private GivenUp gaveUp(IOException e, boolean mayHaveArrived, String key) {
        String hint = mayHaveArrived
                ? "\nIt is not known whether the message was accepted. The same command with --idempotency-key=" + key
                        + " sends it if it was not, and nothing twice."
                : "";
        return new GivenUp(ExitCodes.UNREACHABLE, service.why(e) + hint);
    }
}
