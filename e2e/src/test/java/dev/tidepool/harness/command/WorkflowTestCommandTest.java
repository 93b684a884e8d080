package dev.tidepool.harness.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidepool.harness.ComfyPage;
import dev.tidepool.harness.ComfyUi;
import dev.tidepool.harness.ComfyUiTest;
import dev.tidepool.harness.ErrorPlace;
import dev.tidepool.harness.ExpectedError;
import dev.tidepool.harness.NodeHandle;
import dev.tidepool.harness.RenderMode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a ComfyUI that runs already. */
@ComfyUiTest(packs = false, nodes = "ComfyMathExpression", modes = RenderMode.CLASSIC)
class WorkflowTestCommandTest {
  private static final Path EXAMPLES = Path.of("../docs/examples/golden").toAbsolutePath();

  /** A white dot on black, as an image, a mask, a text and a number. */
  private static final String DOT =
      """
      {"1":{"class_type":"EmptyImage","inputs":{"width":24,"height":16,"batch_size":1,"color":0}},
       "2":{"class_type":"EmptyImage","inputs":{"width":1,"height":1,"batch_size":1,"color":16777215}},
       "3":{"class_type":"ImageCompositeMasked","inputs":{"destination":["1",0],"source":["2",0],"x":3,"y":5,"resize_source":false}},
       "4":{"class_type":"SaveImage","inputs":{"images":["3",0],"filename_prefix":"dot"}},
       "5":{"class_type":"ImageToMask","inputs":{"image":["3",0],"channel":"red"}},
       "6":{"class_type":"MaskPreview","inputs":{"mask":["5",0]}},
       "7":{"class_type":"PreviewAny","inputs":{"source":"a dot"}},
       "8":{"class_type":"PrimitiveInt","inputs":{"value":42}},
       "9":{"class_type":"PreviewAny","inputs":{"source":["8",0]}}}
      """;

  @TempDir Path folder;

  private CommandRun run(ComfyUi server, String... more) {
    String[] arguments = new String[more.length + 3];
    System.arraycopy(new String[] {".", "--url", server.address().toString()}, 0, arguments, 0, 3);
    System.arraycopy(more, 0, arguments, 3, more.length);
    return CommandRun.in(folder, arguments);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void goesFromNoGoldenToAChangedPixelAndBack(ComfyUi server) throws IOException {
    write("dot.json", DOT);
    CommandRun none = run(server);
    assertThat(none.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(none.lines()).contains("NO GOLDEN  dot.json", "hint: Run again with --update");
    assertThat(folder.resolve("dot.golden")).doesNotExist();

    CommandRun first = run(server, "--update");
    assertThat(first.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(first.lines())
        .startsWith("new        dot.json\n           node 4, images: 1\n")
        .contains("node 6, images: 1", "node 7, text: 1", "node 9, text: 1")
        .endsWith("written    dot.json\n1 workflow: 1 written\n");
    assertThat(first.golden("dot").at("/outputs/9/text/0/value").asText()).isEqualTo("42");
    assertThat(first.golden("dot").path("executed")).hasSize(9);
    assertThat(first.golden("dot").path("cached")).hasSize(9);
    assertThat(run(server).lines()).isEqualTo("same       dot.json\n1 workflow: 1 same\n");

    write("dot.json", DOT.replace("16777215", "16777210"));
    CommandRun changed = run(server);
    assertThat(changed.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(changed.lines())
        .contains(
            "DIFFERENT  dot.json\n           node 4, images: 1 of 384 pixels differ, by up to 5 of 255 levels")
        .contains("the first at (3, 5): expected #ffffffff, found #fffffaff")
        .contains("1 workflow: 1 different");
    assertThat(changed.err()).isEqualTo("report: tidepool-report/index.html\n");
    assertThat(changed.report("index.html")).contains("<figcaption>difference</figcaption>");
    assertThat(changed.report("junit.xml"))
        .contains("<failure type=\"different\" message=\"1 difference");
    assertThat(changed.report("report.json")).contains("\"passed\" : false");

    CommandRun update = run(server, "--update");
    assertThat(update.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(update.lines())
        .startsWith("changed    dot.json\n           node 4, images: 1 of 384");
    assertThat(run(server).exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void writesNothingWhenNothingChanged(ComfyUi server) throws IOException {
    write("dot.json", DOT);
    run(server, "--update");
    Path index = folder.resolve("dot.golden/golden.json");
    Object before = Files.readAttributes(index, "unix:ino,lastModifiedTime");
    assertThat(run(server, "--update").lines()).startsWith("same ");
    assertThat((Object) Files.readAttributes(index, "unix:ino,lastModifiedTime")).isEqualTo(before);
  }

  @Test
  void convertsTheEditorsFormatWithASubgraph(ComfyUi server, ComfyPage page) throws IOException {
    NodeHandle image = page.graph().add("EmptyImage", 50, 50);
    image.setWidget("width", 32);
    image.setWidget("height", 32);
    NodeHandle noise = page.graph().add("ImageAddNoise", 350, 50);
    noise.setWidget("seed", 77);
    NodeHandle save = page.graph().add("SaveImage", 700, 50);
    page.graph().connect(image, "IMAGE", noise, "image");
    page.graph().connect(noise, "IMAGE", save, "images");
    NodeHandle subgraph = page.graph().convertToSubgraph(noise);
    write("noise.json", page.workflow().toString());

    CommandRun first = run(server, "--update");
    assertThat(first.exitCode()).as(first.out()).isEqualTo(ExitCode.DONE);
    assertThat(first.golden("noise").path("executed").toString())
        .contains("\"" + subgraph.id() + ":", "\"" + save.id() + "\"");
    write("noise.json", page.workflow().toString().replace("77", "78"));
    assertThat(run(server).lines())
        .as("a seed that the page has drawn makes no difference")
        .isEqualTo("same       noise.json\n1 workflow: 1 same\n");
    write("noise.test.json", "{\"seed\": 5}");
    assertThat(run(server).lines())
        .contains("DIFFERENT", "node " + save.id() + ", images: ", "of 1024 pixels differ");
  }

  @Test
  void leavesTheServersSettingsAlone(ComfyUi server, ComfyPage page) throws IOException {
    server.api().settings(java.util.Map.of("Comfy.EnableTooltips", true));
    write("one.json", page.workflow().toString());
    CommandRun run = run(server);
    assertThat(run.lines()).contains("BROKEN     one.json", "The workflow has no node that runs.");
    assertThat(server.api().get("/settings").path("Comfy.EnableTooltips").asBoolean()).isTrue();
  }

  @Test
  @ExpectedError(
      in = ErrorPlace.SERVER,
      pattern = "ZeroDivisionError",
      cause = "a workflow that is meant to fail divides by zero")
  @ExpectedError(
      in = ErrorPlace.SERVER,
      pattern = "Value not in list: channel",
      cause = "a workflow that is meant to be refused has an impossible value")
  void storesAFailureThatIsMeant(ComfyUi server) throws IOException {
    write("division.json", Files.readString(EXAMPLES.resolve("division.json")));
    write(
        "unknown.json",
        "{\"1\":{\"class_type\":\"NoSuchNode\",\"inputs\":{}},\"2\":{\"class_type\":\"PreviewAny\",\"inputs\":{\"source\":[\"1\",0]}}}");
    write("value.json", DOT.replace("\"channel\":\"red\"", "\"channel\":\"infrared\""));
    assertThat(run(server, "--update").exitCode()).isEqualTo(ExitCode.DONE);
    CommandRun again = run(server);
    assertThat(again.lines())
        .isEqualTo(
            "same       division.json\nsame       unknown.json\nsame       value.json\n3 workflows: 3 same\n");
    assertThat(again.golden("division").path("failures").toString())
        .contains("\"node\":\"1\"", "ZeroDivisionError");
    assertThat(again.golden("unknown").path("failures").toString()).contains("NoSuchNode");
    assertThat(again.golden("value").path("failures").toString())
        .contains("\"node\":\"5\"", "value_not_in_list", "(channel)");
    write(
        "division.json",
        Files.readString(folder.resolve("division.json"))
            .replace("\"values.a\": 0", "\"values.a\": 2"));
    assertThat(run(server).lines())
        .contains("node 1: did not fail; expected ", "node 2, text: new: \"0.5\"");
  }

  @Test
  void aFileThatIsNoWorkflowStopsNoOther(ComfyUi server) throws IOException {
    write("a.json", "{\"name\": \"no workflow\"}");
    write("b.json", "{");
    write("c.json", DOT);
    write("d.json", DOT);
    write("d.golden/golden.json", "{");
    CommandRun run = run(server, "--update");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(run.lines())
        .contains(
            "BROKEN     a.json\n           The file is no workflow",
            "BROKEN     b.json\n           The file is no JSON",
            "written    c.json",
            "written    d.json",
            "4 workflows: 2 broken, 2 written");
    assertThat(run.report("junit.xml")).contains("tests=\"4\" failures=\"0\" errors=\"2\"");
  }

  @Test
  void uploadsInputsAndAllowsWhatTheSettingsAllow(ComfyUi server) throws IOException {
    String graph =
        """
        {"1":{"class_type":"LoadImage","inputs":{"image":"deep/golden-face.png"}},
         "2":{"class_type":"ImageInvert","inputs":{"image":["1",0]}},
         "3":{"class_type":"SaveImage","inputs":{"images":["2",0],"filename_prefix":"x"}}}
        """;
    write("face.json", graph);
    BufferedImage face = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
    face.setRGB(9, 9, 0x0a0a0a);
    Path file = folder.resolve("face.inputs/deep/golden-face.png");
    Files.createDirectories(file.getParent());
    ImageIO.write(face, "png", file.toFile());
    assertThat(run(server, "--update").exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run(server).exitCode()).isEqualTo(ExitCode.DONE);

    face.setRGB(9, 9, 0x0c0a0a);
    ImageIO.write(face, "png", file.toFile());
    assertThat(run(server).lines())
        .contains("The server's input folder has another file golden-face.png");
    Files.delete(server.base().resolve("input/deep/golden-face.png"));
    assertThat(run(server).lines()).contains("1 of 400 pixels differ, by up to 2 of 255 levels");
    write("face.test.json", "{\"tolerance\":{\"3\":{\"maximum_difference\":2}}}");
    assertThat(run(server).exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void printsTheReportAsJson(ComfyUi server) throws IOException {
    write("dot.json", DOT);
    CommandRun run = run(server, "--update", "--json");
    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.out())
        .startsWith("{\"format\":1,\"passed\":true,\"server\":\"ComfyUI 0.")
        .contains("\"status\":\"updated\"", "\"type\":\"ImageCompositeMasked\"");
    assertThat(run.err()).isEmpty();
  }
}
