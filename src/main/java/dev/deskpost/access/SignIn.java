package dev.deskpost.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.authentication.rememberme.InvalidCookieException;
import org.springframework.security.web.authentication.rememberme.TokenBasedRememberMeServices;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * A browser shows the token once, and gets a cookie for it that is signed with the token and has an end: it survives
 * restarts, needs no session, and ends with the token. It is not the token: whoever reads it can do no more than sit at this
 * page.
 *
 * <p>Scripts cannot read it, and pages of other sites do not send it. Programs at other ports of the same host do get it
 * (RFC 6265, section 8.5), so that {@link OriginFilter} asks of what changes something where it comes from.
 */
final class SignIn {

    /** The page to sign in on, and where its form is sent. */
    static final String PATH = "/sign-in";

    /**
     * What a page may do: load what this service serves, and nothing else; nobody may put it into a frame. Inline scripts and
     * styles are not run, so that a text that gets into a page unescaped stays a text.
     */
    static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static final String OUT = "/sign-out";
    private static final String COOKIE = "deskpost-";
    private static final int NAME_DIGITS = 8;

    /** What a form changes; a link changes nothing. */
    private static final RequestMatcher FORM_IN = post(PATH);

    private static final RequestMatcher FORM_OUT = post(OUT);

    private static final String OWNER = "owner";
    private static final String ROLE = "OWNER";

    private final AccessToken token;
    private final String key;
    private final String cookie;
    private final Rememberer cookies;

    /** Two services at two ports of a host have two tokens, and the browser one box of cookies for both. */
    SignIn(AccessToken token, Duration validity) {
        this.token = token;
        this.key = token.keyFor("sign-in");
        this.cookie = COOKIE + token.keyFor("cookie name").substring(0, NAME_DIGITS);
        this.cookies = new Rememberer(key, cookie, validity);
    }

    private static RequestMatcher post(String path) {
        return PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, path);
    }

    void addTo(HttpSecurity http, AccessDeniedHandler refusal) {
        http.authenticationProvider(new ShownToken())
                .formLogin(form -> form.loginPage(PATH)
                        .passwordParameter("token")
                        .successHandler((request, response, owner) -> response.sendRedirect("/"))
                        .failureHandler((request, response, failure) -> response.sendRedirect(PATH + "?wrong")))
                .rememberMe(remember -> remember.rememberMeServices(cookies).key(key))
                .logout(out -> out.logoutRequestMatcher(FORM_OUT).logoutSuccessUrl(PATH))
                .addFilterBefore(
                        new OriginFilter(cookie, new OrRequestMatcher(FORM_IN, FORM_OUT), refusal), LogoutFilter.class);
    }

    /** Whether a browser asks for the page or a part of it. */
    boolean isPage(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/ui/")
                || (path.equals("/") && request.getMethod().equals("GET"));
    }

    /** Sends a person to the page where they can sign in; a part of a page that asks is told to go there as a whole. */
    void invite(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean whole = request.getHeader("HX-Request") == null
                && request.getRequestURI().equals("/");
        if (whole) {
            response.sendRedirect(PATH);
        } else {
            response.setHeader("HX-Redirect", PATH);
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        }
    }

    /** What a person typed into the form. */
    private final class ShownToken implements AuthenticationProvider {

        @Override
        public Authentication authenticate(Authentication shown) {
            if (!token.is(String.valueOf(shown.getCredentials()).strip())) {
                throw new BadCredentialsException("the token is wrong");
            }
            UserDetails owner = owner(key);
            return UsernamePasswordAuthenticationToken.authenticated(owner, null, owner.getAuthorities());
        }

        @Override
        public boolean supports(Class<?> kind) {
            return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
        }
    }

    private static UserDetails owner(String key) {
        return User.withUsername(OWNER).password(key).roles(ROLE).build();
    }

    private static final class Rememberer extends TokenBasedRememberMeServices {

        private static final int PARTS = 4;

        Rememberer(String key, String cookie, Duration validity) {
            super(key, name -> owner(key));
            setCookieName(cookie);
            setAlwaysRemember(true);
            setTokenValiditySeconds(Math.toIntExact(validity.toSeconds()));
            setCookieCustomizer(made -> made.setAttribute("SameSite", "Strict"));
        }

        /** A cookie may not choose how it is signed, and one that anybody has made up is no fault of this service. */
        @Override
        protected UserDetails processAutoLoginCookie(
                String[] parts, HttpServletRequest request, HttpServletResponse response) {
            if (parts.length != PARTS || !parts[2].equals(RememberMeTokenAlgorithm.SHA256.name())) {
                throw new InvalidCookieException("it is not one of ours");
            }
            return super.processAutoLoginCookie(parts, request, response);
        }
    }
}
