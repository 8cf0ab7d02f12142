package dev.deskpost.problem;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.ObjectMapper;

@Configuration(proxyBeanMethods = false)
class ProblemConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTheServer() {
        return factory -> factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReportValve()));
    }

    /** Hooks get the same answer whatever they send. */
    @Bean
    WebMvcConfigurer knownParametersOnly() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors
                        .addInterceptor(new KnownParameters())
                        .addPathPatterns("/api/**")
                        .excludePathPatterns("/api/v1/recipients/*/hooks");
            }
        };
    }

    @Bean
    FilterRegistrationBean<ActuatorFilter> actuatorLikeTheRest(ObjectMapper json) {
        FilterRegistrationBean<ActuatorFilter> registration = new FilterRegistrationBean<>(new ActuatorFilter(json));
        registration.addUrlPatterns("/actuator/*");
        return registration;
    }
}
