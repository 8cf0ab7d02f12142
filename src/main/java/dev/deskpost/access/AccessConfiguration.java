package dev.deskpost.access;

import dev.deskpost.problem.Problem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.ObjectMapper;

/**
 * Everything needs the token: as a bearer (RFC 6750), or shown once by a browser that signs in ({@link SignIn}). Open are the
 * health probe, the page to sign in on, and what that page is made of. There are no sessions.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class AccessConfiguration {

    /** Calls that take many messages or recipients at once. */
    private static final Set<String> TAKE_MANY = Set.of("/api/v1/messages/batch", "/api/v1/broadcasts");

    /** Where agents send what they have: the texts of prompts, and what comes with them. */
    private static final Pattern TAKES_HOOKS = Pattern.compile("/api/v1/recipients/[^/]+/hooks");

    /** What the page to sign in on is made of; the same for everybody. */
    private static final String[] OPEN_FILES = {"/ui/app.css", "/ui/app.js", "/ui/icon.svg", "/webjars/**"};

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http, OpaqueTokenIntrospector tokens, SignIn signIn, ObjectMapper json) {
        AuthenticationEntryPoint unauthorized = (request, response, failure) -> {
            if (signIn.isPage(request)) {
                signIn.invite(request, response);
                return;
            }
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(failure));
            answer(
                    request,
                    response,
                    json,
                    new Problem(
                            HttpStatus.UNAUTHORIZED,
                            "UNAUTHORIZED",
                            "show the token: 'Authorization: Bearer TOKEN'. It stands in the file 'token' in Deskpost's"
                                    + " home directory, by default ~/.deskpost/token"));
        };
        AccessDeniedHandler forbidden = (request, response, denied) -> answer(
                request,
                response,
                json,
                new Problem(HttpStatus.FORBIDDEN, "FORBIDDEN", String.valueOf(denied.getMessage())));
        signIn.addTo(http, forbidden);
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to("health"))
                        .permitAll()
                        .requestMatchers(SignIn.PATH)
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, OPEN_FILES)
                        .permitAll()
                        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC) // What has come in already.
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(server -> server.opaqueToken(opaque -> opaque.introspector(tokens))
                        .authenticationEntryPoint(unauthorized))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(unauthorized).accessDeniedHandler(forbidden))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(SignIn.PAGE_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable()) // OriginFilter does it, without a token and a session to keep it in.
                .requestCache(cache -> cache.disable())
                .build();
    }

    @Bean
    AccessToken accessToken(AccessProperties properties) {
        return AccessToken.in(properties.tokenFile());
    }

    @Bean
    SignIn signIn(AccessToken token, AccessProperties properties) {
        return new SignIn(token, properties.signInFor());
    }

    @Bean
    OpaqueTokenIntrospector tokens(AccessToken token) {
        return shown -> {
            if (!token.is(shown)) {
                throw new BadOpaqueTokenException("the token is wrong");
            }
            return new DefaultOAuth2AuthenticatedPrincipal(
                    "owner", Map.of("sub", "owner"), List.of(new SimpleGrantedAuthority("ROLE_OWNER")));
        };
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimit(AccessProperties properties) {
        FilterRegistrationBean<BodyLimitFilter> registration =
                new FilterRegistrationBean<>(new BodyLimitFilter(address -> limit(address, properties)));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }

    /** An address that is spelled differently has the limit of all others. */
    private static DataSize limit(String address, AccessProperties properties) {
        if (TAKE_MANY.contains(address)) {
            return properties.maxBatchBody();
        }
        return TAKES_HOOKS.matcher(address).matches() ? properties.maxHookBody() : properties.maxBody();
    }

    /** Addresses that no client of ours makes: with {@code //}, {@code ;} or {@code ..} in them, or a strange method. */
    @Bean
    RequestRejectedHandler strangeRequests(ObjectMapper json) {
        return (request, response, rejection) -> write(
                response,
                json,
                new Problem(
                        HttpStatus.BAD_REQUEST,
                        "BAD_REQUEST",
                        "the method is unknown, or the address holds what no address here has, such as '//' or ';'"));
    }

    /** RFC 6750, section 3: a token that was shown and is wrong is called so, a missing one is not. */
    private static String challenge(AuthenticationException failure) {
        String realm = "Bearer realm=\"deskpost\"";
        return failure instanceof OAuth2AuthenticationException ? realm + ", error=\"invalid_token\"" : realm;
    }

    private static void answer(
            HttpServletRequest request, HttpServletResponse response, ObjectMapper json, Problem problem)
            throws IOException {
        problem.getBody().setInstance(URI.create(request.getRequestURI()));
        write(response, json, problem);
    }

    private static void write(HttpServletResponse response, ObjectMapper json, Problem problem) throws IOException {
        response.setStatus(problem.getStatusCode().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem.getBody());
    }
}
