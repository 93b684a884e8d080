package dev.tidepool.version;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small workflows as ComfyUI's editor saves them. */
public final class Graphs {
  private Graphs() {}

  /** A loader and a sampler whose seed ComfyUI draws anew. */
  public static String text(String model, long seed) {
    return text(model, seed, "");
  }

  /** The same with more fields in front of the nodes, each followed by a comma. */
  public static String text(String model, long seed, String fields) {
    return """
        {%s"last_node_id":2,"nodes":[
          {"id":1,"type":"CheckpointLoaderSimple","pos":[10,20],"mode":0,
           "inputs":[{"name":"ckpt_name","type":"COMBO","widget":{"name":"ckpt_name"},"link":null}],
           "outputs":[{"name":"MODEL","type":"MODEL","links":[1]}],
           "properties":{"cnr_id":"comfy-core"},"widgets_values":["%s"]},
          {"id":2,"type":"KSampler","pos":[300,20],"mode":0,
           "inputs":[{"name":"model","type":"MODEL","link":1}],"outputs":[],
           "properties":{},"widgets_values":[%d,"randomize",20,8,"euler","normal",1]}],
         "links":[[1,1,0,2,0,"MODEL"]],"groups":[],"config":{},"version":0.4}
        """
        .formatted(fields, model, seed);
  }

  static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
