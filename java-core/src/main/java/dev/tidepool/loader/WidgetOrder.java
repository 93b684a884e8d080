package dev.tidepool.loader;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which widgets the editor makes of a node type's inputs, in which order: that of {@code
 * widgets_values}. As ComfyUI's frontend 1.47 does: an input is a widget if its type has one and it
 * is not forced to be a socket; a seed is followed by {@code control_after_generate}; an upload
 * button follows the required inputs.
 */
final class WidgetOrder {
  private static final Set<String> WIDGETS =
      Set.of(
          "INT",
          "FLOAT",
          "BOOLEAN",
          "STRING",
          "MARKDOWN",
          "COMBO",
          "IMAGEUPLOAD",
          "COLOR",
          "COLORS",
          "IMAGECOMPARE",
          "BOUNDING_BOX",
          "BOUNDING_BOXES",
          "CHART",
          "GALLERIA",
          "PAINTER",
          "TEXTAREA",
          "CURVE",
          "RANGE");

  /** Types whose widgets depend on the node, or are made by an extension in its own way. */
  private static final Set<String> VARYING =
      Set.of(
          "COMFY_DYNAMICCOMBO_V3",
          "COMFY_AUTOGROW_V3",
          "AUDIO_UI",
          "AUDIOUPLOAD",
          "AUDIO_RECORD",
          "LOAD_3D",
          "LOAD_3D_ADVANCED",
          "PREVIEW_3D",
          "WEBCAM");

  private static final Set<String> SEEDS = Set.of("seed", "noise_seed");
  private static final Set<String> UPLOADS =
      Set.of("image_upload", "animated_image_upload", "video_upload");

  private WidgetOrder() {}

  /** The names of the widgets, up to the first that differs from node to node. */
  static List<String> of(NodeInputs node) {
    List<String> names = new ArrayList<>();
    boolean required = true;
    for (NodeInputs.Input input : node.inputs()) {
      if (required && !input.required()) {
        required = false;
        addUpload(node, names);
      }
      String type = input.options().path("widgetType").asText(input.type());
      if (VARYING.contains(type) || input.is("audio_upload")) {
        return names;
      }
      if (WIDGETS.contains(type) && !input.is("forceInput")) {
        names.add(input.name());
        addControl(input, names);
      }
    }
    if (required) {
      addUpload(node, names);
    }
    return names;
  }

  private static void addControl(NodeInputs.Input input, List<String> names) {
    boolean seed =
        SEEDS.contains(input.name())
            && input.type().equals("INT")
            && !input.options().has("control_after_generate");
    if (seed || input.is("control_after_generate")) {
      names.add("control_after_generate");
      if (input.type().equals("COMBO")) {
        names.add("control_filter_list");
      }
    }
  }

  private static void addUpload(NodeInputs node, List<String> names) {
    if (node.inputs().stream()
        .filter(NodeInputs.Input::required)
        .anyMatch(input -> UPLOADS.stream().anyMatch(input::is))) {
      names.add("upload");
    }
  }
}
