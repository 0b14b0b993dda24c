package io.promotionverifier.sandbox.server;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;

/** A process that holds both servers, says what they are in one line, and waits to be killed. */
public final class SandboxHolder {
    private SandboxHolder() {}

    /** Takes the folder of the servers. */
    public static void main(String[] arguments)
            throws IOException, SQLException, ExecutionException, InterruptedException {
        Sandbox sandbox = Sandbox.start(Path.of(arguments[0]));
        Rows.run(sandbox.postgres(), "CREATE TABLE kept AS SELECT 42 AS n");
        Records.createTopic(sandbox.bootstrap(), "kept");
        Records.commit(sandbox.bootstrap(), "kept", "42");
        EmbeddedPostgres postgres = sandbox.postgres();
        System.out.println(postgres.postmasterPid() + " " + postgres.guardianPid() + " "
                + sandbox.kafka().pid());
        System.in.read();
    }
}
