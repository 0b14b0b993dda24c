package io.promotionverifier.postgres.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.postgres.engine.StreamedDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import org.awaitility.Awaitility;

/** TLS for an embedded server, with a certificate that it has signed itself. */
final class ServerTls {
    private static final String NAME = "server";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private ServerTls() {}

    /** From now on the server of this database answers requests for TLS. */
    static void enable(StreamedDatabase database, Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        KeyStore keys = keys(folder.resolve("server.p12"));
        write(database, "server.crt", "CERTIFICATE", keys.getCertificate(NAME).getEncoded());
        write(database, "server.key", "PRIVATE KEY", keys.getKey(NAME, PASSWORD).getEncoded());
        database.run("ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()");
        Awaitility.await().ignoreExceptions().until(() -> {
            database.run("DO $$ BEGIN ASSERT current_setting('ssl') = 'on'; END $$");
            return true;
        });
    }

    private static KeyStore keys(Path file) throws IOException, InterruptedException, GeneralSecurityException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String line = "-genkeypair -alias " + NAME + " -keyalg EC -groupname secp256r1 -dname CN=localhost"
                + " -storetype PKCS12 -storepass " + new String(PASSWORD) + " -keystore " + file;
        Process process = new ProcessBuilder((keytool + " " + line).split(" ")).start();
        assertThat(process.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(file)) {
            keys.load(stored, PASSWORD);
        }
        return keys;
    }

    /** The server writes its files itself: it may run as another user, who must own the key. */
    private static void write(StreamedDatabase database, String file, String what, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        String pem = "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----";
        database.run("COPY (SELECT string_to_table('" + pem + "', E'\\n')) TO PROGRAM 'umask 077; cat > " + file + "'");
    }
}
