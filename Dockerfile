# Two stages: the browser client is built with Node, the server runs on Python as a user without rights.
# Run it: docker build -t puzzeltafel . && docker run -p 8000:8000 -v puzzeltafel:/data puzzeltafel

FROM node:22-slim AS client
WORKDIR /build/client
COPY client/package.json client/package-lock.json client/.npmrc ./
RUN npm ci --no-fund --no-audit
COPY client/ ./
RUN npm run build

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PUZZELTAFEL_HOST=0.0.0.0 PUZZELTAFEL_DATA_DIR=/data
RUN useradd --system --create-home --home-dir /data puzzeltafel
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY crdt/ crdt/
COPY server/ server/
COPY --from=client /build/client/dist client/dist
USER puzzeltafel
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["python", "-m", "server", "serve"]
