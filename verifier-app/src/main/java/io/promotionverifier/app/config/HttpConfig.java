package io.promotionverifier.app.config;

import java.util.List;

/**
 * What is served over HTTP.
 *
 * @param bind the address; not loopback only with a token
 * @param port the port; 0 for any free one
 * @param hosts the Host headers that are answered
 */
public record HttpConfig(String bind, int port, List<String> hosts) {
    public HttpConfig {
        hosts = List.copyOf(hosts);
    }

    /** True where only this machine can connect. No name but localhost counts, so that nothing is looked up. */
    public boolean isLoopback() {
        return isLoopback(bind);
    }

    static boolean isLoopback(String bind) {
        return bind.equals("localhost")
                || bind.equals("::1")
                || bind.equals("[::1]")
                || bind.matches("127(\\.\\d{1,3}){3}");
    }
}
