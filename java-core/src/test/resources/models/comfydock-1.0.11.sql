BEGIN TRANSACTION;
CREATE TABLE model_locations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    model_hash TEXT NOT NULL,
    base_directory TEXT NOT NULL,
    relative_path TEXT NOT NULL,
    filename TEXT NOT NULL,
    mtime REAL NOT NULL,
    last_seen INTEGER NOT NULL,
    FOREIGN KEY (model_hash) REFERENCES models(hash) ON DELETE CASCADE,
    UNIQUE(base_directory, relative_path)
);
INSERT INTO "model_locations" VALUES(1,'3dc51e49e9d9b0cb','ROOT','loras/changed.safetensors','changed.safetensors',1.70000000212345671649e+09,1795667187);
INSERT INTO "model_locations" VALUES(2,'091a03875439e31f','ROOT','loras/gone.safetensors','gone.safetensors',1.70000000312345671653e+09,1795667188);
INSERT INTO "model_locations" VALUES(3,'8b11efa2c39f7a77','ROOT','loras/right.safetensors','right.safetensors',1.70000000412345671652e+09,1795667188);
INSERT INTO "model_locations" VALUES(4,'8b11efa2c39f7a77','ROOT','checkpoints/left.safetensors','left.safetensors',1.70000000012345671655e+09,1795667188);
INSERT INTO "model_locations" VALUES(5,'eb02fbc79ea43e4d','ROOT','checkpoints/small.safetensors','small.safetensors',1.70000000112345671658e+09,1795667188);
CREATE TABLE model_sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    model_hash TEXT NOT NULL,
    source_type TEXT NOT NULL,
    source_url TEXT NOT NULL,
    metadata TEXT DEFAULT '{}',
    added_time INTEGER NOT NULL,
    FOREIGN KEY (model_hash) REFERENCES models(hash) ON DELETE CASCADE,
    UNIQUE(model_hash, source_url)
);
INSERT INTO "model_sources" VALUES(1,'8b11efa2c39f7a77','huggingface','https://huggingface.co/x/left/resolve/main/left.safetensors','{"note": "kept"}',1795667188);
INSERT INTO "model_sources" VALUES(2,'eb02fbc79ea43e4d','civitai','https://civitai.com/api/download/models/1','{}',1795667188);
INSERT INTO "model_sources" VALUES(3,'091a03875439e31f','url','https://example.org/gone.safetensors','{}',1795667188);
INSERT INTO "model_sources" VALUES(4,'3dc51e49e9d9b0cb','url','https://example.org/changed.safetensors','{}',1795667188);
CREATE TABLE models (
    hash TEXT PRIMARY KEY,
    file_size INTEGER NOT NULL,
    blake3_hash TEXT,
    sha256_hash TEXT,
    first_seen INTEGER NOT NULL,
    metadata TEXT DEFAULT '{}'
);
INSERT INTO "models" VALUES('3dc51e49e9d9b0cb',2048,NULL,NULL,1795667187,'{}');
INSERT INTO "models" VALUES('091a03875439e31f',2048,NULL,NULL,1795667188,'{}');
INSERT INTO "models" VALUES('8b11efa2c39f7a77',6291456,NULL,'abababababababababababababababababababababababababababababababab',1795667188,'{}');
INSERT INTO "models" VALUES('eb02fbc79ea43e4d',4096,'3432d4fc05d8ebedb0856c36020f88748e0c4722742a51f49468016f17e54d1e',NULL,1795667188,'{}');
CREATE TABLE schema_info (
    version INTEGER PRIMARY KEY
);
INSERT INTO "schema_info" VALUES(9);
CREATE INDEX idx_locations_hash ON model_locations(model_hash)
;
CREATE INDEX idx_locations_path ON model_locations(relative_path)
;
CREATE INDEX idx_locations_filename ON model_locations(filename)
;
CREATE INDEX idx_sources_hash ON model_sources(model_hash)
;
CREATE INDEX idx_sources_type ON model_sources(source_type)
;
CREATE INDEX idx_models_blake3 ON models(blake3_hash)
;
CREATE INDEX idx_models_sha256 ON models(sha256_hash)
;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('model_locations',5);
INSERT INTO "sqlite_sequence" VALUES('model_sources',4);
COMMIT;