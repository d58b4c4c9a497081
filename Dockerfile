# syntax=docker/dockerfile:1
# One image for web, worker, beat and migrate. Built from the same lock as everything else, without the
# embedded servers: a deployment names its own.
ARG PYTHON_IMAGE=python:3.11.14-slim-bookworm

FROM ${PYTHON_IMAGE} AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --require-hashes -r /tmp/base.txt

FROM ${PYTHON_IMAGE}
RUN groupadd --system --gid 10001 factcheck \
    && useradd --system --uid 10001 --gid factcheck --home-dir /app --shell /usr/sbin/nologin factcheck \
    && install -d -o factcheck -g factcheck -m 0700 /data
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=factcheck.settings \
    FACTCHECK_DATA_DIR=/data \
    STATIC_ROOT=/app/static \
    PORT=8000
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY manage.py ./
COPY factcheck factcheck
COPY annotations annotations
COPY templates templates
COPY assets assets
COPY seeds/practice seeds/practice
# A key for this one command only; nothing of it stays in the image.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    ALLOWED_HOSTS=localhost DATABASE_URL=postgres://localhost/unused CELERY_BROKER_URL=redis://localhost \
    python manage.py collectstatic --noinput --ignore redoc --verbosity 0 \
    && python -m compileall -q factcheck annotations
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD ["python", "-m", "factcheck.probe"]
CMD ["sh", "-c", "exec gunicorn factcheck.asgi --bind 0.0.0.0:${PORT} --worker-class factcheck.serving.Worker --asgi-lifespan off --workers ${WEB_CONCURRENCY:-2} --graceful-timeout 25 --worker-tmp-dir /dev/shm --no-control-socket --access-logfile -"]
