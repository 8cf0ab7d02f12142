package dev.deskpost.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Lets a cookie change something only if a page of this very service asks for it: browsers name the page's origin (RFC 6454)
 * with everything but GET and HEAD, and no script can name another. So a page that somebody else has served, at another port
 * of this machine, too, can press no button here.
 *
 * <p>Who shows the token itself is not asked: no browser does that unbidden.
 */
final class OriginFilter extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final String cookie;
    private final RequestMatcher alsoWithoutCookie;
    private final AccessDeniedHandler refusal;

    /**
     * @param cookie the one that stands for the token
     * @param alsoWithoutCookie where a foreign page could sign somebody in or out
     */
    OriginFilter(String cookie, RequestMatcher alsoWithoutCookie, AccessDeniedHandler refusal) {
        this.cookie = cookie;
        this.alsoWithoutCookie = alsoWithoutCookie;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!SAFE.contains(request.getMethod()) && isConcerned(request) && !isOwn(request)) {
            refusal.handle(request, response, new AccessDeniedException(why(request)));
            return;
        }
        chain.doFilter(request, response);
    }

    private String why(HttpServletRequest request) {
        String programs = "; programs show the token: 'Authorization: Bearer TOKEN'";
        return alsoWithoutCookie.matches(request)
                ? "this form is taken only from a page of this service, whose address a browser names in the header"
                        + " 'Origin'" + programs
                : "a browser that is signed in may change something only from a page of this service" + programs;
    }

    /** A header of another scheme brings nobody in: a browser sends one by itself to a proxy that asks for a password. */
    private boolean isConcerned(HttpServletRequest request) {
        String shown = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean byToken = shown != null && shown.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return (WebUtils.getCookie(request, cookie) != null && !byToken) || alsoWithoutCookie.matches(request);
    }

    /** The scheme is left out: behind a proxy that ends TLS this service is asked by http for a page of https. */
    private static boolean isOwn(HttpServletRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        return host != null && host.equalsIgnoreCase(authority(request.getHeader(HttpHeaders.ORIGIN)));
    }

    private static @Nullable String authority(@Nullable String origin) {
        try {
            return origin == null ? null : URI.create(origin).getAuthority();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
