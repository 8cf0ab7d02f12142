package dev.deskpost.problem;

import dev.deskpost.problem.Problem.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses parameters in the address that the handler does not declare with {@link RequestParam}, and those that are given
 * several times where one is meant: a misspelt one would be a default in silence, and {@code ?dryrun=true} would write.
 *
 * <p>Looks at the address alone; a form in the body is refused elsewhere. HEAD is let through: some of its handlers take no
 * parameters, and it changes and shows nothing.
 */
final class KnownParameters implements HandlerInterceptor {

    private final ParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query == null
                || !(handler instanceof HandlerMethod method)
                || HttpMethod.HEAD.matches(request.getMethod())) {
            return true;
        }
        Map<String, MethodParameter> declared = declared(method);
        List<FieldError> faults = new ArrayList<>();
        given(query).forEach((name, times) -> {
            MethodParameter parameter = declared.get(name);
            if (parameter == null) {
                faults.add(new FieldError(name, "is no parameter of this call; " + known(declared)));
            } else if (times > 1 && !takesMany(parameter.getParameterType())) {
                faults.add(new FieldError(name, "is given " + times + " times, expected once"));
            }
        });
        if (!faults.isEmpty()) {
            faults.sort(Comparator.comparing(FieldError::field));
            throw Problem.invalidFields(faults);
        }
        return true;
    }

    private Map<String, MethodParameter> declared(HandlerMethod method) {
        Map<String, MethodParameter> declared = new TreeMap<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            @Nullable RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
            if (annotation != null) {
                parameter.initParameterNameDiscovery(names);
                String name = annotation.name().isEmpty() ? parameter.getParameterName() : annotation.name();
                declared.put(Objects.requireNonNull(name, "compiled without -parameters"), parameter);
            }
        }
        return declared;
    }

    private static Map<String, Integer> given(String query) {
        Map<String, Integer> given = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int end = pair.indexOf('=');
            String name = decoded(end < 0 ? pair : pair.substring(0, end));
            if (!name.isEmpty()) {
                given.merge(name, 1, Integer::sum);
            }
        }
        return given;
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name; // No name of ours, either way.
        }
    }

    private static String known(Map<String, MethodParameter> declared) {
        return declared.isEmpty() ? "it takes none" : "known are " + String.join(", ", declared.keySet());
    }

    private static boolean takesMany(Class<?> type) {
        return type.isArray() || Collection.class.isAssignableFrom(type);
    }
}
