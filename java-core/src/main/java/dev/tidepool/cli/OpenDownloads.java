package dev.tidepool.cli;

import dev.tidepool.download.DownloadFailures;
import dev.tidepool.download.Downloads;
import dev.tidepool.environment.Environments;
import dev.tidepool.http.Http;
import dev.tidepool.http.HttpPatience;
import dev.tidepool.http.Pauses;
import dev.tidepool.http.PublicAddresses;
import dev.tidepool.http.Tokens;
import dev.tidepool.importing.WaitingModels;
import dev.tidepool.io.StoreLocks;
import dev.tidepool.workspace.Workspace;
import java.util.HashMap;
import java.util.Map;

/** Downloads of models as commands make them, with the tokens that are set. */
final class OpenDownloads {
  private OpenDownloads() {}

  static Downloads of(
      Workspace workspace,
      Environments environments,
      StoreLocks locks,
      Terminal terminal,
      boolean privateToo) {
    Map<String, String> variables = new HashMap<>(terminal.environment());
    environments
        .file()
        .civitaiToken()
        .ifPresent(token -> variables.putIfAbsent("CIVITAI_API_KEY", token));
    Http http =
        new Http(
            HttpPatience.usual(),
            Pauses.real(),
            PublicAddresses.of(privateToo),
            new DownloadFailures(),
            Tokens.of(variables, privateToo));
    return new Downloads(http, WaitingModels.folder(workspace), locks);
  }
}
