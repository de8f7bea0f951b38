FROM python:3.12-slim
COPY . /source
RUN pip install --no-cache-dir '/source[fast,parquet,zstd]' && rm -rf /source && useradd --create-home covage
USER covage
WORKDIR /work
ENTRYPOINT ["covage-model"]
