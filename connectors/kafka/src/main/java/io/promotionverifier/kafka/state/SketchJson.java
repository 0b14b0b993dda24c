package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.judge.DistinctSketch;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.MalformedJsonException;
import io.promotionverifier.kafka.json.Members;
import java.nio.ByteBuffer;
import java.util.Base64;

/** A sketch of distinct rows as JSON: big-endian hashes, or registers, in base64. */
final class SketchJson {
    private SketchJson() {}

    static ObjectNode of(DistinctSketch.Snapshot sketch) {
        ByteBuffer hashes = ByteBuffer.allocate(sketch.hashes().length * Long.BYTES);
        hashes.asLongBuffer().put(sketch.hashes());
        return Json.object()
                .put("hashes", Base64.getEncoder().encodeToString(hashes.array()))
                .put("registers", Base64.getEncoder().encodeToString(sketch.registers()));
    }

    static DistinctSketch.Snapshot parse(JsonNode node) {
        byte[] packed = bytes(node, "hashes");
        if (packed.length % Long.BYTES != 0) {
            throw new MalformedJsonException("member \"hashes\" is cut");
        }
        long[] hashes = new long[packed.length / Long.BYTES];
        ByteBuffer.wrap(packed).asLongBuffer().get(hashes);
        return new DistinctSketch.Snapshot(hashes, bytes(node, "registers"));
    }

    private static byte[] bytes(JsonNode node, String name) {
        try {
            return Base64.getDecoder().decode(Members.text(node, name));
        } catch (IllegalArgumentException malformed) {
            throw new MalformedJsonException("member \"" + name + "\" is no base64", malformed);
        }
    }
}
