package dev.tidepool.adoption;

import java.util.List;

/**
 * What adopting an installation would do.
 *
 * @param name of the environment
 * @param inPlace whether the installation's folder becomes the environment's; otherwise it is
 *     copied
 * @param takesModels whether the installation's models become those of the workspace, which has
 *     none yet; the files stay where they are
 * @param notes what the user has to know, sentences
 */
public record AdoptionPlan(
    Installation installation,
    String name,
    boolean inPlace,
    boolean takesModels,
    List<String> notes) {
  /** Copies the list. */
  public AdoptionPlan {
    notes = List.copyOf(notes);
  }
}
