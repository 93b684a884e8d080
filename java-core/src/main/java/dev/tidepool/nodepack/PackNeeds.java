package dev.tidepool.nodepack;

import java.util.List;

/**
 * What a pack asks for.
 *
 * @param requirements Python packages (PEP 508), each once, in the pack's order
 * @param notes what was left out, and why, for a person to read
 * @param scripts files that want to be run to install the pack, such as {@code install.py}; none
 *     was
 */
public record PackNeeds(List<String> requirements, List<String> notes, List<String> scripts) {
  /** Copies the lists. */
  public PackNeeds {
    requirements = List.copyOf(requirements);
    notes = List.copyOf(notes);
    scripts = List.copyOf(scripts);
  }
}
