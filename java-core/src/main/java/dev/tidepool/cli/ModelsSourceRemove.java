package dev.tidepool.cli;

import dev.tidepool.model.IndexedModel;
import dev.tidepool.model.ModelIndex;

/** {@code tidepool models source remove}. Removing what is not there is fine. */
final class ModelsSourceRemove implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool models source remove", "Forget where a model can be downloaded.")
        .parameter("MODEL", SourceAnswer.MODEL)
        .parameter("URL", "The address, as models show prints it.")
        .workspace()
        .json()
        .example("tidepool models source remove a5aa5aef https://civitai.com/models/101055")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    try (ModelIndex index = OpenModels.toWrite(arguments, terminal)) {
      IndexedModel model = OpenModels.find(index, arguments.text(0), terminal);
      boolean removed = index.removeSource(model.key(), arguments.text(1));
      return new SourceAnswer("removed", removed, model.key())
          .print(
              arguments,
              terminal,
              removed ? "Removed the source." : "The model has no such source.");
    }
  }
}
