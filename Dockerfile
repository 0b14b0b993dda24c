# The distribution is built outside (./mvnw -DskipTests package), so that the image holds what the tests ran.
FROM eclipse-temurin:21.0.8_9-jre-jammy

RUN groupadd --gid 10001 verifier && useradd --uid 10001 --gid verifier --no-create-home --shell /usr/sbin/nologin verifier \
    && mkdir /data && chown verifier:verifier /data

COPY verifier-app/target/verifier /opt/verifier

RUN /opt/verifier/bin/make-archive

USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080

# No curl in the image: bash speaks enough HTTP to ask whether the verifier lives.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=6 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3 && grep -q '200 OK' <&3"]

ENTRYPOINT ["/opt/verifier/bin/verifier"]
CMD ["run", "-c", "/etc/verifier/verifier.yaml", "--log-format", "json"]
