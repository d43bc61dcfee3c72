# One image for every app, one for the front door. The app is named by the command: `apps/booking-api/dist/main.js`.
#   docker build --target app   -t onsale/app .
#   docker build --target front -t onsale/front .
ARG NODE_IMAGE=node:24.21.0-bookworm-slim
ARG NGINX_IMAGE=nginx:1.28.0-alpine

FROM ${NODE_IMAGE} AS manifests
WORKDIR /onsale
COPY . /source
# Only what decides which packages are installed, so that a change of code installs nothing anew.
RUN cd /source && cp --parents package.json package-lock.json */package.json libs/*/package.json apps/*/package.json /onsale/

FROM ${NODE_IMAGE} AS build
WORKDIR /onsale
COPY --from=manifests /onsale ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . ./
RUN node scripts/build.mjs

FROM ${NODE_IMAGE} AS packages
WORKDIR /onsale
COPY --from=manifests /onsale ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force

FROM ${NODE_IMAGE} AS app
ENV NODE_ENV=production PORT=8080 INTERNAL_PORT=9100
WORKDIR /onsale
COPY --from=packages /onsale ./
COPY --from=build /onsale/apps ./apps
COPY scripts/healthcheck.mjs scripts/verify-draw.mjs ./scripts/
RUN install --directory --owner node /mail
USER node
EXPOSE 8080 9100
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=3 CMD ["node", "scripts/healthcheck.mjs"]
ENTRYPOINT ["node", "--enable-source-maps"]
CMD ["apps/booking-api/dist/main.js"]

FROM ${NGINX_IMAGE} AS front
COPY config/nginx/*.conf /etc/nginx/
COPY config/nginx/site-compose /etc/nginx/site
COPY --from=build /onsale/apps/web/dist/public /usr/share/onsale
USER nginx
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=4s --retries=3 CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/healthz"]
CMD ["nginx", "-g", "daemon off;"]
