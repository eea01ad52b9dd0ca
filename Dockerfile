# The portal in a small image, run by nobody in particular. Nothing is kept inside: the database, photos and kept pages
# live where DATABASE_URL, MEDIA_STORE and PAGE_CACHE say (see compose.yaml), and static files are made here.
FROM python:3.11-slim AS built

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /portal
COPY requirements.txt .
# What installed them stays behind: nothing is installed into an image that runs.
RUN python -m venv /venv && /venv/bin/pip install --requirement requirements.txt && \
    /venv/bin/pip uninstall --yes pip setuptools
COPY manage.py gunicorn.conf.py ./
COPY portal portal
COPY events events
COPY meetups meetups
COPY templates templates
# Compiled once, here: each start would do it again, and keep nothing. Of the hour of a source, a copy may know another.
RUN /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash portal events meetups
# A key for this step alone; the running portal has its own.
RUN SECRET_KEY=made-for-collectstatic PAGE_CACHE=off PORTAL_VAR=/data \
    /venv/bin/python manage.py collectstatic --no-input --verbosity 0

FROM python:3.11-slim

RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin portal
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MALLOC_ARENA_MAX=2 \
    HOST=0.0.0.0 PORT=8000 PORTAL_VAR=/data
COPY --from=built /venv /venv
COPY --from=built /portal /portal
COPY --from=built --chown=portal /data /data
WORKDIR /portal
USER portal
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD \
    ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["gunicorn", "portal.wsgi"]
