package dev.tidepool.python;

import java.nio.file.Path;

/**
 * A project as uv knows them: a folder with {@code pyproject.toml} and {@code uv.lock}.
 *
 * @param folder the project's folder
 * @param venv its virtual environment, wherever that lies; need not exist for locking
 * @param python the interpreter to resolve for and to make the environment with
 */
public record UvProject(Path folder, Path venv, Path python) {}
