package dev.tidepool.cli;

import dev.tidepool.model.IndexedModel;
import dev.tidepool.model.ModelIndex;

/** {@code tidepool models source add}. Adding what is there is fine. */
final class ModelsSourceAdd implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tidepool models source add", "Remember where a model can be downloaded.")
        .parameter("MODEL", SourceAnswer.MODEL)
        .parameter("URL", "An http or https address, without passwords and tokens.")
        .workspace()
        .json()
        .example("tidepool models source add a5aa5aef https://civitai.com/models/101055")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    try (ModelIndex index = OpenModels.toWrite(arguments, terminal)) {
      IndexedModel model = OpenModels.find(index, arguments.text(0), terminal);
      boolean added = index.addSource(model.key(), arguments.text(1));
      return new SourceAnswer("added", added, model.key())
          .print(
              arguments,
              terminal,
              added ? "Added the source." : "The model has that source already.");
    }
  }
}
