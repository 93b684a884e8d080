package dev.tidepool.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidepool.bundle.Bundle;
import dev.tidepool.bundle.BundleContents;
import dev.tidepool.bundle.BundleManifest;
import dev.tidepool.bundle.BundleMember;
import dev.tidepool.bundle.BundleSignature;
import dev.tidepool.bundle.BundledModel;
import dev.tidepool.bundle.BundledPack;
import dev.tidepool.bundle.BundledPool;
import dev.tidepool.bundle.Signing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;

/** {@code tidepool bundle inspect}. */
final class BundleInspect implements Command {
  private static final String VERIFY = "--verify";

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tidepool bundle inspect",
            "Show what is in a bundle, and check every digest, without unpacking it.")
        .file("FILE", "A bundle, or its https:// or s3:// address.")
        .option(VERIFY, "KEY", "Fail unless this public key signed it: a file, or the key as text.")
        .toggle(
            OpenImport.PRIVATE, "Allow addresses in private networks, also those without https.")
        .workspace()
        .json()
        .example("tidepool bundle inspect portrait_bundle.tar.gz")
        .example("tidepool bundle inspect portrait_bundle.tar.gz --verify bundle.pem.pub --json")
        .build();
  }

  @Override
  public int run(Arguments arguments, Terminal terminal) {
    return OpenStores.with(
        arguments.text(0), false, arguments, terminal, file -> inspect(file, arguments, terminal));
  }

  private static int inspect(Path file, Arguments arguments, Terminal terminal) {
    Optional<PublicKey> key = arguments.option(VERIFY).map(text -> key(text, terminal));
    FullCompiler.expect(file.toFile().length());
    BundleContents contents =
        LongWork.run(
            terminal, "Reading " + file.getFileName(), progress -> Bundle.inspect(file, progress));
    key.ifPresent(wanted -> Signing.require(contents, wanted));
    if (arguments.json()) {
      JsonAnswer.print(terminal, new Body(contents, key.isPresent()));
    } else {
      print(contents, key.isPresent(), terminal);
    }
    return ExitCode.DONE;
  }

  /** A file of that name in the current folder, else the text itself. */
  static PublicKey key(String text, Terminal terminal) {
    Path file = terminal.path(text);
    return Signing.publicKey(Files.exists(file) ? file.toString() : text);
  }

  private static void print(BundleContents contents, boolean verified, Terminal terminal) {
    if (contents.manifest().isPresent()) {
      print(contents.manifest().get(), terminal);
    } else {
      terminal.say(
          "No manifest: ComfyDock or ComfyGit made it, and nothing vouches for its files.");
      for (BundleMember member : contents.members()) {
        line(terminal, "file", member.path() + ", " + Sizes.text(member.size()));
      }
    }
    contents.ignored().forEach(name -> line(terminal, "ignored", name));
    line(
        terminal,
        "signature",
        contents.signature().map(BundleSignature::fingerprint).orElse("none")
            + (verified ? " (verified)" : ""));
    line(
        terminal,
        "size",
        Sizes.text(contents.size())
            + ", "
            + Sizes.text(contents.unpacked())
            + " in "
            + Counted.of(contents.members().size(), "file"));
  }

  private static void print(BundleManifest manifest, Terminal terminal) {
    String version = manifest.environment().version().map(name -> " at " + name).orElse("");
    line(terminal, "from", manifest.environment().name() + version + ", by " + manifest.tool());
    line(terminal, "comfyui", manifest.comfyUi().version());
    manifest.python().ifPresent(python -> line(terminal, "python", python));
    manifest.workflows().forEach(workflow -> line(terminal, "workflow", workflow));
    for (BundledPack pack : manifest.packs()) {
      String state = pack.commit().or(pack::version).map(text -> " " + text).orElse("");
      line(terminal, "pack", pack.id() + state + " (" + pack.source().text() + ")");
    }
    for (BundledModel model : manifest.models()) {
      String where =
          model.member().isPresent()
              ? "in the bundle"
              : model.sources().isEmpty() ? "without an address" : model.sources().get(0);
      line(
          terminal, "model", model.relativePath() + ", " + Sizes.text(model.size()) + ", " + where);
    }
    for (BundledPool pool : manifest.pools()) {
      line(terminal, "pool", pool.name());
    }
  }

  private static void line(Terminal terminal, String name, String value) {
    terminal.out().println(name + " ".repeat(11 - name.length()) + PrintableText.of(value));
  }

  /** The manifest's fields, with {@code "signature","members","ignored","bytes"}. */
  private record Body(BundleContents contents, boolean verified) implements JsonAnswer.Body {
    @Override
    public void write(JsonGenerator generator) throws IOException {
      generator.writeStartObject();
      generator.writeBooleanField("manifest", contents.manifest().isPresent());
      if (contents.manifest().isPresent()) {
        BundleJson.manifest(contents.manifest().get(), generator);
      }
      if (contents.signature().isPresent()) {
        BundleSignature signature = contents.signature().get();
        generator.writeObjectFieldStart("signature");
        generator.writeStringField("publicKey", signature.publicKey());
        generator.writeStringField("fingerprint", signature.fingerprint());
        generator.writeBooleanField("verified", verified);
        generator.writeEndObject();
      } else {
        generator.writeNullField("signature");
      }
      generator.writeArrayFieldStart("members");
      for (BundleMember member : contents.members()) {
        generator.writeStartObject();
        generator.writeStringField("path", member.path());
        generator.writeNumberField("bytes", member.size());
        generator.writeStringField("sha256", member.sha256());
        generator.writeEndObject();
      }
      generator.writeEndArray();
      BundleJson.texts("ignored", contents.ignored(), generator);
      generator.writeNumberField("bytes", contents.size());
      generator.writeEndObject();
    }
  }
}
