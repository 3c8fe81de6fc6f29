# docker build -t causeway .
# docker run -p 8080:8080 -v causeway-data:/var/lib/causeway -v "$PWD/causeway.yaml:/etc/causeway/causeway.yaml:ro" causeway

FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends libssl-dev libcurl4-openssl-dev libsqlite3-dev libzip-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
# The manifest alone first, so that a change in the sources does not fetch the dependencies again.
COPY Package.swift ./
RUN swift package resolve
COPY Sources Sources
COPY Tests Tests
RUN swift build -c release --static-swift-stdlib --product causeway \
    && cp "$(swift build -c release --static-swift-stdlib --show-bin-path)/causeway" /usr/local/bin/causeway

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends libssl3 libcurl4 libsqlite3-0 libzip4 ca-certificates tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /var/lib/causeway --create-home --shell /usr/sbin/nologin causeway
COPY --from=build /usr/local/bin/causeway /usr/local/bin/causeway

USER causeway
WORKDIR /var/lib/causeway
VOLUME /var/lib/causeway
EXPOSE 8080
# The configuration must listen on 0.0.0.0:8080 (server.host, server.port) and keep its store in the volume
# (store.sqlite). Asked by bash itself, so that the image needs no HTTP client.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/live HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r answer <&3 && [[ $answer == 'HTTP/1.1 200'* ]]"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["causeway"]
CMD ["serve", "--config", "/etc/causeway/causeway.yaml"]
