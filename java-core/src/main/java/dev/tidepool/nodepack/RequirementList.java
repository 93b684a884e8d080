package dev.tidepool.nodepack;

import dev.tidepool.io.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers requirements, the constraints that apply to them, and notes on what was left out. */
final class RequirementList {
  private static final int MOST = 1000;

  private final Set<String> requirements = new LinkedHashSet<>();
  private final Set<String> names = new LinkedHashSet<>();
  private final Map<String, List<String>> constraints = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  /** Adds a requirement, or a note when it is none that can be installed. */
  void add(String text, String where) {
    take(text, where)
        .ifPresent(
            requirement -> {
              requirements.add(requirement.text());
              names.add(requirement.key());
            });
  }

  /** Adds a constraint: a requirement that only counts when something else asks for its package. */
  void constrain(String text, String where) {
    take(text, where)
        .ifPresent(
            requirement ->
                constraints
                    .computeIfAbsent(requirement.key(), key -> new ArrayList<>())
                    .add(requirement.text()));
  }

  void note(String note) {
    if (notes.size() < MOST) {
      notes.add(note);
    }
  }

  PackNeeds needs(List<String> scripts) {
    for (String name : names) {
      requirements.addAll(constraints.getOrDefault(name, List.of()));
    }
    return new PackNeeds(List.copyOf(requirements), notes, scripts);
  }

  private Optional<Requirement> take(String text, String where) {
    if (requirements.size() >= MOST) {
      note(where + " asks for more than " + MOST + " packages; the rest is left out.");
      return Optional.empty();
    }
    Optional<Requirement> requirement = Requirement.read(text);
    if (requirement.isEmpty()) {
      note(where + ": " + Texts.quoted(text) + " is no package of an index, and is left out.");
    }
    return requirement;
  }
}
