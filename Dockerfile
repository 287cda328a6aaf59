# One image for the server and for the journal worker (`node dist/server/worker.js`).
#
#   docker build -t vocabulary-quiz .
#   docker run -p 4000:4000 -v quiz:/data vocabulary-quiz      # alone, with a database of its own
#
# With PostgreSQL, Redis and more servers: docker-compose.yml.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /quiz
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM ${NODE_IMAGE} AS packages
WORKDIR /quiz
COPY package.json package-lock.json .npmrc ./
# npm counts as optional what production could use but does not need, such as compilers, and would keep it.
RUN npm ci --omit=dev --omit=optional --ignore-scripts
# Of Prisma's client, one database's query compiler in one module format runs here; the others weigh more than all else.
RUN find node_modules/@prisma/client/runtime -name 'query_compiler_*' \
      -not -name 'query_compiler_fast_bg.postgresql.*' -delete \
    && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

FROM ${NODE_IMAGE}
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /quiz
RUN mkdir /data && chown node:node /data
COPY --from=packages /quiz/node_modules node_modules
COPY package.json LICENSE ./
COPY prisma prisma
COPY --from=build /quiz/dist dist
USER node
EXPOSE 4000
STOPSIGNAL SIGTERM
# Whether the process answers. Whether requests should come to it, /health/ready tells: a server that waits for its
# database is not to be ended for that.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 4000) + '/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/server/main.js"]
