package dev.tidepool.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every command by its words. A command's own class is loaded only when it is asked for. */
enum CommandName {
  PROFILE_LIST("profile", "list"),
  PROFILE_CREATE("profile", "create"),
  PROFILE_RENAME("profile", "rename"),
  PROFILE_DELETE("profile", "delete"),
  PROFILE_RESTORE("profile", "restore"),
  PROFILE_DUPLICATE("profile", "duplicate"),
  PROFILE_EXPORT("profile", "export"),
  PROFILE_IMPORT("profile", "import"),
  POOL_LIST("pool", "list"),
  POOL_ADD("pool", "add"),
  POOL_REMOVE("pool", "remove"),
  POOL_ACTIVATE("pool", "activate"),
  POOL_LABEL("pool", "label"),
  NODE_ADD("node", "add"),
  NODE_REMOVE("node", "remove"),
  NODE_LIST("node", "list"),
  NODE_UPDATE("node", "update"),
  WORKFLOW_LIST("workflow", "list"),
  WORKFLOW_DIFF("workflow", "diff"),
  WORKFLOW_MODELS("workflow", "models"),
  WORKFLOW_PATHS("workflow", "paths"),
  WORKFLOW_RESOLVE("workflow", "resolve"),
  MODELS_INDEX("models", "index"),
  MODELS_LIST("models", "list"),
  MODELS_SHOW("models", "show"),
  MODELS_RESOLVE("models", "resolve"),
  MODELS_SOURCE_ADD("models source", "add"),
  MODELS_SOURCE_REMOVE("models source", "remove"),
  MODELS_SOURCE_FIND("models source", "find"),
  MODELS_PRUNE("models", "prune"),
  MODELS_DOWNLOAD("models", "download"),
  INIT("init", ""),
  CREATE("create", ""),
  LIST("list", ""),
  USE("use", ""),
  RUN("run", ""),
  DELETE("delete", ""),
  CONFIG("config", ""),
  TRASH_LIST("trash", "list"),
  TRASH_RESTORE("trash", "restore"),
  TRASH_EMPTY("trash", "empty"),
  STATUS("status", ""),
  COMMIT("commit", ""),
  LOG("log", ""),
  DIFF("diff", ""),
  ROLLBACK("rollback", ""),
  COMFYUI("comfyui", ""),
  EXPORT("export", ""),
  IMPORT("import", ""),
  BUNDLE_INSPECT("bundle", "inspect"),
  BUNDLE_KEYGEN("bundle", "keygen"),
  ADOPT("adopt", ""),
  MIGRATE("migrate", ""),
  UP("up", ""),
  FETCH("fetch", ""),
  INSTALL("install", ""),
  DOCTOR("doctor", ""),
  COMPLETION("completion", "");

  private final List<String> groups;
  private final String name;

  CommandName(String groups, String name) {
    this.groups = List.of(groups.split(" "));
    this.name = name;
  }

  /** The words after {@code tidepool} but the last; the only one when there is one. */
  List<String> groups() {
    return groups;
  }

  /** The last word; empty when the command has only one. */
  String word() {
    return name;
  }

  /** How many words choose the command. */
  int words() {
    return name.isEmpty() ? 1 : groups.size() + 1;
  }

  Command create() {
    return switch (this) {
      case PROFILE_LIST -> new ProfileList();
      case PROFILE_CREATE -> new ProfileCreate();
      case PROFILE_RENAME -> new ProfileRename();
      case PROFILE_DELETE -> new ProfileDelete();
      case PROFILE_RESTORE -> new ProfileRestore();
      case PROFILE_DUPLICATE -> new ProfileDuplicate();
      case PROFILE_EXPORT -> new ProfileExport();
      case PROFILE_IMPORT -> new ProfileImport();
      case POOL_LIST -> new PoolList();
      case POOL_ADD -> new PoolAdd();
      case POOL_REMOVE -> new PoolRemove();
      case POOL_ACTIVATE -> new PoolActivate();
      case POOL_LABEL -> new PoolLabel();
      case NODE_ADD -> new NodeAdd();
      case NODE_REMOVE -> new NodeRemove();
      case NODE_LIST -> new NodeList();
      case NODE_UPDATE -> new NodeUpdate();
      case WORKFLOW_LIST -> new WorkflowList();
      case WORKFLOW_DIFF -> new WorkflowDiffCommand();
      case WORKFLOW_MODELS -> new WorkflowModels();
      case WORKFLOW_PATHS -> new WorkflowPaths();
      case WORKFLOW_RESOLVE -> new WorkflowResolve("workflow resolve");
      case MODELS_INDEX -> new ModelsIndex();
      case MODELS_LIST -> new ModelsList();
      case MODELS_SHOW -> new ModelsShow();
      case MODELS_RESOLVE -> new WorkflowResolve("models resolve");
      case MODELS_SOURCE_ADD -> new ModelsSourceAdd();
      case MODELS_SOURCE_REMOVE -> new ModelsSourceRemove();
      case MODELS_SOURCE_FIND -> new ModelsSourceFind();
      case MODELS_PRUNE -> new ModelsPrune();
      case TRASH_LIST -> new TrashList();
      case TRASH_RESTORE -> new TrashRestore();
      case TRASH_EMPTY -> new TrashEmpty();
      case MODELS_DOWNLOAD -> new ModelsDownload();
      case INIT -> new Init();
      case CREATE -> new Create();
      case IMPORT -> new ImportCommand();
      case ADOPT -> new Adopt();
      case MIGRATE -> new Migrate();
      case LIST -> new EnvironmentList();
      case USE -> new Use();
      case RUN -> new Run();
      case DELETE -> new Delete();
      case CONFIG -> new Config();
      case LOG -> new Log();
      case DIFF -> new Diff();
      case STATUS -> new StatusCommand();
      case COMMIT -> new CommitCommand();
      case ROLLBACK -> new RollbackCommand();
      case COMFYUI -> new ComfyUiCommand();
      case EXPORT -> new ExportCommand();
      case BUNDLE_INSPECT -> new BundleInspect();
      case BUNDLE_KEYGEN -> new BundleKeygen();
      case UP -> new Up();
      case FETCH -> new Fetch();
      case INSTALL -> new Install();
      case DOCTOR -> new DoctorCommand();
      case COMPLETION -> new Completion();
    };
  }

  /** The command that these arguments begin with, if any. */
  static @Nullable CommandName at(List<String> arguments) {
    for (CommandName command : values()) {
      if (command.starts(arguments)) {
        return command;
      }
    }
    return null;
  }

  private boolean starts(List<String> arguments) {
    return arguments.size() >= words()
        && arguments.subList(0, groups.size()).equals(groups)
        && (name.isEmpty() || arguments.get(groups.size()).equals(name));
  }
}
