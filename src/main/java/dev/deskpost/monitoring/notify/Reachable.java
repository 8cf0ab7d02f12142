package dev.deskpost.monitoring.notify;

import java.net.Inet4Address;
import java.net.InetAddress;
import org.springframework.boot.http.client.InetAddressFilter;

/**
 * Which addresses a webhook may be sent to, whatever name led there: by default those of the internet only. In the clear it
 * never goes out to the internet.
 *
 * <p>Spring's filter knows loopback, private, link-local, shared (100.64/10), multicast, documentation and other special
 * addresses, also inside NAT64, 6to4 and Teredo. Of IPv6 only 2000::/3 is given to the internet (RFC 4291, IANA): the rest,
 * such as addresses that contain an IPv4 one in a deprecated way, is refused, too.
 */
final class Reachable {

    private static final InetAddressFilter INTERNET =
            InetAddressFilter.externalAddresses().and(Reachable::isGlobalUnicast);

    private Reachable() {}

    static InetAddressFilter of(Webhook webhook) {
        boolean inTheClear = "http".equals(webhook.uri().getScheme());
        if (inTheClear) {
            return INTERNET.negate();
        }
        return webhook.allowPrivateNetwork() ? InetAddressFilter.all() : INTERNET;
    }

    private static boolean isGlobalUnicast(InetAddress address) {
        return address instanceof Inet4Address || (address.getAddress()[0] & 0xE0) == 0x20;
    }
}
