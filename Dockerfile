# The service with SQLite and the PDFs under /data. Settings: YUSUAN_* (README.md). Secrets are given at run
# time, never built in. Fonts are not needed: page images use those embedded in the PDFs.
FROM python:3.11-slim AS build
WORKDIR /app
RUN python -m venv /opt/venv
COPY requirements.txt ./
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
# Linked, not copied: /source offers the files of /app, which are all it takes to build this again (AGPL-3.0).
RUN /opt/venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation -e . \
    && /opt/venv/bin/python -m compileall -q /opt/venv service extractors

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data yusuan \
    && install --directory --owner yusuan --group yusuan /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
ENV PATH=/opt/venv/bin:$PATH YUSUAN_DATA_DIR=/data PYTHONUNBUFFERED=1
USER yusuan
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["yusuan", "serve", "--host", "0.0.0.0", "--port", "8000"]
