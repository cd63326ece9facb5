# The pages, the programs and the built-in PostgreSQL are made in a stage with all tools; the image holds what runs.
FROM docker.io/library/node:24-bookworm-slim AS build
WORKDIR /build
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
# Not `npm ci`: it refuses a lock that lacks the binaries of other platforms.
RUN npm install --no-audit --no-fund --no-save --include=dev --loglevel=error
COPY . .
RUN node lib/runtime/bootstrap.mjs build \
 && node lib/runtime/container/assemble.mjs /app

FROM docker.io/library/debian:bookworm-slim
ARG VERSION=dev
ARG REVISION=unknown
LABEL org.opencontainers.image.title="BingeAlert" \
      org.opencontainers.image.description="Tells the person who asked that it is ready to watch: one good mail, when Plex can really play it." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
# tini: the first process. libnss-wrapper: PostgreSQL wants a name for any uid. It starts as root to honour PUID and
# PGID, and everything then runs as that user; `--user` works as well, also on a read-only file system.
RUN apt-get update -q \
 && apt-get install -q -y --no-install-recommends tini libnss-wrapper libstdc++6 libatomic1 \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log \
 && useradd --uid 1000 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin bingealert \
 && install -d -o 1000 -g 1000 -m 0755 /config
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build /app /app
RUN ln -s /app/bingealert /usr/local/bin/bingealert && node --version
ENV NODE_ENV=production \
    CONFIG_DIR=/config \
    PORT=8000 \
    HOSTNAME=0.0.0.0 \
    PUID=1000 \
    PGID=1000 \
    UMASK=022 \
    NEXT_TELEMETRY_DISABLED=1
WORKDIR /app
VOLUME /config
EXPOSE 8000
# Answers within a second or so; the first start makes a database before.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["bingealert", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["bingealert"]
CMD ["start"]
