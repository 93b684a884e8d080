package dev.tidepool.nodepack;

import dev.tidepool.io.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code requirements.txt} in pip's format, with the files of the same pack that it includes.
 * Options of pip have no place in a project and are left out with a note.
 */
final class RequirementFiles {
  private static final int DEEPEST = 10;
  private static final Pattern INCLUDE =
      Pattern.compile("(?:-r\\s*|--requirement(?:\\s+|=))(\\S.*)");
  private static final Pattern CONSTRAINT =
      Pattern.compile("(?:-c\\s*|--constraint(?:\\s+|=))(\\S.*)");
  private static final Pattern EDITABLE = Pattern.compile("(?:-e\\s+|--editable(?:\\s+|=))(\\S.*)");
  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");
  private static final Pattern OWN_OPTIONS = Pattern.compile("\\s--?[a-z].*$");

  private final Path pack;
  private final RequirementList list;
  private final Set<Path> seen = new HashSet<>();

  RequirementFiles(Path pack, RequirementList list) {
    this.pack = pack;
    this.list = list;
  }

  void read() throws IOException {
    read(pack.resolve("requirements.txt"), false, 0);
  }

  private void read(Path file, boolean constraints, int depth) throws IOException {
    String name = pack.relativize(file).toString().replace('\\', '/');
    Optional<String> text = RequirementScan.text(file);
    if (text.isEmpty()) {
      list.note(name + " is too large, and is left out.");
      return;
    }
    if (!seen.add(file.toRealPath()) || depth > DEEPEST) {
      return;
    }
    for (String line : text.get().replaceAll("\\\\\\r?\\n", " ").split("\\R", -1)) {
      String bare = COMMENT.matcher(line).replaceAll("").strip();
      if (!bare.isEmpty()) {
        readLine(bare, file, constraints, depth);
      }
    }
  }

  private void readLine(String line, Path file, boolean constraints, int depth) throws IOException {
    String name = pack.relativize(file).toString().replace('\\', '/');
    Matcher include = INCLUDE.matcher(line);
    Matcher constraint = CONSTRAINT.matcher(line);
    Matcher editable = EDITABLE.matcher(line);
    if (include.matches()) {
      include(include.group(1), file, constraints, depth);
    } else if (constraint.matches()) {
      include(constraint.group(1), file, true, depth);
    } else if (line.startsWith("-") && !editable.matches()) {
      list.note(name + ": the option " + Texts.quoted(line) + " is not used.");
    } else {
      String wanted = editable.matches() ? editable.group(1) : line;
      String requirement = OWN_OPTIONS.matcher(wanted).replaceAll("");
      if (constraints) {
        list.constrain(requirement, name);
      } else {
        list.add(requirement, name);
      }
    }
  }

  private void include(String named, Path from, boolean constraints, int depth) throws IOException {
    try {
      Path folder = from.getParent();
      Path file = folder == null ? from : folder.resolve(named.strip()).normalize();
      if (file.startsWith(pack)
          && RequirementScan.isFile(file)
          && file.toRealPath().startsWith(pack.toRealPath())
          && Files.isReadable(file)) {
        read(file, constraints, depth + 1);
        return;
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    list.note(
        pack.relativize(from)
            + " includes "
            + Texts.quoted(named)
            + ", which is no file of the pack.");
  }
}
