package dev.tidepool.importing;

import dev.tidepool.io.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Saves a file, as a person does, when a job begins one of its steps; keeps the notes. */
record SavingSteps(List<String> notes, String step, Path file, String text) implements Steps {
  @Override
  public void begin(String doing) {
    if (doing.equals(step)) {
      try {
        Files.writeString(file, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void note(String line) {
    notes.add(line);
  }
}
