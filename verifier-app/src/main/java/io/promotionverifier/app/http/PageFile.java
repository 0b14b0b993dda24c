package io.promotionverifier.app.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The files of the page. They load nothing from elsewhere, and the browser is told to see to it. */
enum PageFile {
    INDEX("index.html", "text/html; charset=utf-8"),
    SCRIPT("page.js", "text/javascript; charset=utf-8"),
    STYLE("page.css", "text/css; charset=utf-8");

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String name;
    private final String contentType;

    PageFile(String name, String contentType) {
        this.name = name;
        this.contentType = contentType;
    }

    void serve(Context context) {
        context.header("Content-Security-Policy", POLICY);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cache-Control", "no-cache");
        context.contentType(contentType).result(bytes());
    }

    private byte[] bytes() {
        try (InputStream file = Objects.requireNonNull(PageFile.class.getResourceAsStream(name), name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("a file of the page cannot be read: " + name, e);
        }
    }
}
