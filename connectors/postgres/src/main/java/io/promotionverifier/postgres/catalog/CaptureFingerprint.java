package io.promotionverifier.postgres.catalog;

import io.promotionverifier.postgres.catalog.PublicationDescription.Options;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What exactly is captured: OIDs and catalog transactions of the publication, its entries and the tables, with keys and
 * types. Equal fingerprints mean that nothing of it was altered in between, not even there and back. The parts named
 * {@code catalog row} change as well when a statement rewrote the table's catalog row without touching the capture, as
 * GRANT, TRUNCATE and VACUUM FULL do. Columns that no promotion uses change nothing, nor do partitions created as such;
 * one that was attached with the rows it had changes the table's part of that name.
 *
 * @param parts what was found, by the part it belongs to
 */
public record CaptureFingerprint(SortedMap<String, String> parts) {
    /** How the name of the publication's own part begins. */
    public static final String PUBLICATION = "publication ";

    private static final String PUBLISHED = "published table ";
    private static final String TABLE = "table ";
    private static final String ATTACHED = "attached partitions of table ";
    private static final String PROMOTION = "promotion ";

    /** How the names of those parts begin that also change without the capture being touched. */
    public static final String CATALOG_ROW = "catalog row of ";

    public CaptureFingerprint {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /** The fingerprint of a publication and the promotions that it serves. */
    public static CaptureFingerprint of(
            PublicationDescription publication, List<PromotionDescription.Resolved> promotions) {
        SortedMap<String, String> parts = new TreeMap<>(of(promotions).parts());
        parts.put(PUBLICATION + publication.name(), publication(publication));
        for (PublicationDescription.Member member : publication.tables()) {
            parts.put(PUBLISHED + member.table(), member(member));
        }
        return new CaptureFingerprint(parts);
    }

    /** The fingerprint of promotions without their publication. */
    public static CaptureFingerprint of(List<PromotionDescription.Resolved> promotions) {
        SortedMap<String, String> parts = new TreeMap<>();
        for (PromotionDescription.Resolved promotion : promotions) {
            TableDescription table = promotion.table();
            parts.put(TABLE + table.name(), table(table));
            parts.put(
                    "replica identity of " + table.name(),
                    table.relation().identity().name());
            parts.put(ATTACHED + table.name(), String.join(" ", table.attached()));
            parts.put(CATALOG_ROW + table.name(), catalogRow(table.relation()));
            parts.put(PROMOTION + promotion.requested().id(), promotion(promotion));
        }
        return new CaptureFingerprint(parts);
    }

    /** The parts whose change means that row changes of this promotion may have been missed. */
    public static Set<String> partsOf(RequestedPromotion promotion) {
        return Set.of(
                PROMOTION + promotion.id(),
                TABLE + promotion.table(),
                PUBLISHED + promotion.table(),
                ATTACHED + promotion.table());
    }

    private static String publication(PublicationDescription publication) {
        Options options = publication.options();
        return join(
                publication.oid(),
                publication.xmin(),
                publication.allTables(),
                publication.schemas(),
                options.insert(),
                options.update(),
                options.delete(),
                options.truncate(),
                options.viaRoot(),
                options.generatedStored());
    }

    private static String member(PublicationDescription.Member member) {
        return join(member.oid(), member.xmin(), member.relation(), member.filtered(), member.columns());
    }

    private static String table(TableDescription table) {
        TableDescription.Relation relation = table.relation();
        String key = table.key().stream()
                .map(column -> join(column.number(), column.name(), column.sqlName()))
                .collect(Collectors.joining(","));
        return join(relation.oid(), key);
    }

    private static String catalogRow(TableDescription.Relation relation) {
        return join(relation.xmin(), relation.fileNode());
    }

    private static String promotion(PromotionDescription.Resolved promotion) {
        return join(column(promotion.document()), column(promotion.column()));
    }

    private static String column(ColumnDescription column) {
        ColumnDescription.Type type = column.type();
        return join(column.number(), column.name(), type.oid(), type.sqlName(), type.labels());
    }

    private static String join(Object... values) {
        return List.of(values).stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    /** One line per part: what the hash is taken over. */
    public String canonical() {
        return parts.entrySet().stream()
                .map(part -> part.getKey() + ": " + part.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** The same without the parts that also change without the capture being touched. */
    public CaptureFingerprint withoutCatalogRows() {
        SortedMap<String, String> kept = new TreeMap<>(parts);
        kept.keySet().removeIf(part -> part.startsWith(CATALOG_ROW));
        return new CaptureFingerprint(kept);
    }

    /** SHA-256 of the canonical text in hexadecimal. */
    public String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(canonical().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The parts that are not the same in both: empty for equal fingerprints. */
    public List<String> differences(CaptureFingerprint other) {
        Map<String, String> others = other.parts;
        TreeSet<String> names = new TreeSet<>(parts.keySet());
        names.addAll(others.keySet());
        List<String> differing = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(parts.get(name), others.get(name))) {
                differing.add(name);
            }
        }
        return differing;
    }
}
