package dev.deskpost.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deskpost.fixtures.Api;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** That {@code docs/openapi.yaml} says what the code does. After a change of the API run it with {@value #UPDATE}. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "deskpost.home=target/test-homes/${random.uuid}",
            "deskpost.desktop.display=:987",
            "springdoc.api-docs.enabled=true",
            "springdoc.paths-to-match=/api/**",
            "springdoc.model-converters.polymorphic-converter.enabled=false", // It stumbles over ObjectNode
            "springdoc.model-converters.deprecating-converter.enabled=false",
            "springdoc.writer-with-order-by-keys=true",
            "springdoc.override-with-generic-response=false"
        })
@Import({Api.class, OpenApiTest.WhatNoSignatureTells.class})
class OpenApiTest {

    private static final String UPDATE = "-Dopenapi.update=true";
    private static final Path DOCUMENT = Path.of("docs/openapi.yaml");
    private static final int WIDTH = 120;

    @Autowired
    Api api;

    /** Answers that are written as bytes, and JSON of any kind. */
    @TestConfiguration(proxyBeanMethods = false)
    static class WhatNoSignatureTells {

        WhatNoSignatureTells() {
            SpringDocUtils.getConfig()
                    .replaceWithSchema(ObjectNode.class, new ObjectSchema())
                    .replaceWithSchema(JsonNode.class, new Schema<>());
        }

        @Bean
        OpenApiCustomizer bodies() {
            return api -> {
                for (String name : new String[] {
                    "MessageView",
                    "MessageRequest",
                    "BatchController$BatchView",
                    "BroadcastRequest",
                    "BroadcastController$AcceptedView"
                }) {
                    ModelConverters.getInstance(true)
                            .readAll(type("dev.deskpost.message.web." + name))
                            .forEach(api.getComponents()::addSchemas);
                }
                Map<String, Schema> schemas = api.getComponents().getSchemas();
                // It is written as it came.
                schemas.get("MessageView").getProperties().put("metadata", new ObjectSchema());
            };
        }

        private static Class<?> type(String name) {
            try {
                return Class.forName(name);
            } catch (ClassNotFoundException e) {
                throw new AssertionError("the body has another name now", e);
            }
        }
    }

    @Test
    void the_document_says_what_the_code_does() throws IOException {
        String now = document();

        if (Boolean.getBoolean("openapi.update")) {
            Files.writeString(DOCUMENT, now);
        }
        assertThat(DOCUMENT).exists();
        assertThat(Files.readString(DOCUMENT))
                .as(
                        "the API has changed; look whether clients can bear it, then run: ./mvnw test -Dtest=OpenApiTest %s",
                        UPDATE)
                .isEqualTo(now);
    }

    private String document() throws IOException {
        Map<String, Object> words;
        try (var in = OpenApiTest.class.getResourceAsStream("words.yaml")) {
            words = ApiDocument.asMap(yaml().load(in));
        }
        String read =
                api.get("/v3/api-docs.yaml").then().statusCode(200).extract().asString();
        return "# Made by OpenApiTest from the code and its words.yaml; see there how to update it\n"
                + yaml().dump(new ApiDocument(
                                ApiDocument.asMap(yaml().load(read)), ApiDocument.asMap(withTextKeys(words)))
                        .complete());
    }

    /** Statuses are read as numbers. */
    private static Object withTextKeys(Object node) {
        if (node instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(String.valueOf(key), withTextKeys(value)));
            return copy;
        }
        return node instanceof List<?> list
                ? list.stream().map(OpenApiTest::withTextKeys).toList()
                : node;
    }

    private static Yaml yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(WIDTH);
        options.setSplitLines(true);
        Representer representer = new Representer(options);
        return new Yaml(new SafeConstructor(new LoaderOptions()), representer, options) {
            @Override
            public String dump(Object data) {
                return super.dump(copied(data)); // Without anchors
            }
        };
    }

    private static Object copied(Object node) {
        if (node instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(key, copied(value)));
            return copy;
        }
        if (node instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(value -> copy.add(copied(value)));
            return copy;
        }
        return node;
    }
}
