package io.promotionverifier.app.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * docker-compose.yml as a tree.
 *
 * @param root the whole file
 */
record ComposeFile(JsonNode root) {
    static ComposeFile read() {
        try {
            return new ComposeFile(new YAMLMapper().readTree(Checkout.text("docker-compose.yml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, JsonNode> services() {
        return members(root.path("services"));
    }

    JsonNode service(String name) {
        return root.path("services").path(name);
    }

    /** The paths of the secrets' files by the secrets' names. */
    Map<String, String> secretFiles() {
        Map<String, String> files = new LinkedHashMap<>();
        members(root.path("secrets"))
                .forEach((name, secret) -> files.put(name, secret.path("file").asText()));
        return files;
    }

    /** Every mount of a service, short form only: source, target and perhaps a mode. */
    static List<Mount> mounts(JsonNode service) {
        return texts(service.path("volumes")).stream().map(Mount::parse).toList();
    }

    static Map<String, JsonNode> members(JsonNode object) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    /**
     * A mount.
     *
     * @param source a volume's name, or a path that begins with a dot or slash
     * @param target where it is seen
     * @param readOnly true with {@code :ro}
     */
    record Mount(String source, String target, boolean readOnly) {
        static Mount parse(String text) {
            List<String> parts = List.of(text.split(":", -1));
            if (parts.size() < 2) {
                throw new IllegalArgumentException("an anonymous volume: " + text);
            }
            return new Mount(
                    parts.get(0),
                    parts.get(1),
                    parts.size() == 3 && parts.get(2).equals("ro"));
        }

        boolean named() {
            return !source.startsWith(".") && !source.startsWith("/");
        }
    }
}
