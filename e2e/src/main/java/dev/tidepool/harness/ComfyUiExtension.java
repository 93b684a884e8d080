package dev.tidepool.harness;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Does what {@link ComfyUiTest} promises. */
final class ComfyUiExtension
    implements ClassTemplateInvocationContextProvider,
        ParameterResolver,
        BeforeEachCallback,
        InvocationInterceptor {
  private static final Namespace NAMESPACE = Namespace.create(ComfyUiExtension.class);
  private static final int REPETITIONS = Integer.getInteger("tidepool.repeat", 1);

  @Override
  public boolean supportsClassTemplate(ExtensionContext context) {
    return context.getRequiredTestClass().isAnnotationPresent(ComfyUiTest.class);
  }

  @Override
  public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
      ExtensionContext context) {
    String wanted = System.getProperty("tidepool.modes", "");
    return Arrays.stream(annotation(context).modes())
        .filter(mode -> wanted.isEmpty() || List.of(wanted.split(",")).contains(mode.name()))
        .flatMap(mode -> Collections.nCopies(REPETITIONS, new Invocation(mode)).stream());
  }

  /** One run of a class, in one render mode. */
  private record Invocation(RenderMode mode) implements ClassTemplateInvocationContext {
    @Override
    public String getDisplayName(int invocationIndex) {
      return mode.name();
    }

    @Override
    public void prepareInvocation(ExtensionContext context) {
      context.getStore(NAMESPACE).put(RenderMode.class, mode);
    }
  }

  /** A test finds nothing that one before it left to run. */
  @Override
  public void beforeEach(ExtensionContext context) {
    server(context).api().clear();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return List.of(ComfyUi.class, ComfyApi.class, ComfyPage.class, RenderMode.class, Ledger.class)
        .contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == ComfyPage.class) {
      return sessions(context).of(context.getUniqueId()).page();
    }
    if (type == RenderMode.class) {
      return mode(context);
    }
    if (type == Ledger.class) {
      return ErrorChecks.ledger(context);
    }
    ComfyUi server = server(context);
    return type == ComfyApi.class ? server.api() : server;
  }

  private static ComfyUiTest annotation(ExtensionContext context) {
    return context.getRequiredTestClass().getAnnotation(ComfyUiTest.class);
  }

  private static RenderMode mode(ExtensionContext context) {
    return Objects.requireNonNull(
        context.getStore(NAMESPACE).get(RenderMode.class, RenderMode.class));
  }

  /** One server for all classes with equal settings; the root store closes it after the run. */
  private static ComfyUi server(ExtensionContext context) {
    ComfyUi server = sharedServer(context);
    // From the first time that anybody gets it.
    ErrorChecks.log(context, server);
    return server;
  }

  private static ComfyUi sharedServer(ExtensionContext context) {
    if (RunningComfyUi.isNamed()) {
      return RunningComfyUi.named();
    }
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(settings(annotation(context)), ComfyUi::start, ComfyUi.class);
  }

  private static ServerSettings settings(ComfyUiTest test) {
    ServerSettings settings =
        ServerSettings.fromProperties()
            .withNodes(List.of(test.nodes()))
            .withArguments(List.of(test.arguments()))
            .withEnvironment(variables(test.environment()));
    return test.packs() ? settings : settings.withoutPacks();
  }

  private static Map<String, String> variables(String... assignments) {
    return Arrays.stream(assignments)
        .map(assignment -> assignment.split("=", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
  }

  private static Sessions sessions(ExtensionContext context) {
    Chromium chromium =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(Chromium.class, key -> Chromium.start(), Chromium.class);
    Supplier<BrowserSession> opener =
        () -> new BrowserSession(chromium, server(context), mode(context));
    ComfyUiTest test = annotation(context);
    if (!test.sharedPage()) {
      return context
          .getStore(NAMESPACE)
          .computeIfAbsent(Sessions.class, key -> new Sessions(opener), Sessions.class);
    }
    List<Object> settings = List.of(settings(test), mode(context));
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(settings, key -> new Sessions(opener), Sessions.class);
  }

  @Override
  public void interceptBeforeEachMethod(
      InvocationInterceptor.Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    explained(invocation, context);
  }

  @Override
  public void interceptTestMethod(
      InvocationInterceptor.Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    explained(
        () -> {
          invocation.proceed();
          ErrorChecks.of(context, server(context), sessions(context).open(context.getUniqueId()))
              .demandNoErrors();
          ErrorChecks.log(context, server(context)).endTest();
          return null;
        },
        context);
  }

  /** Runs a part of a test; its failure leaves a folder, which the message names. */
  private static void explained(
      InvocationInterceptor.Invocation<@Nullable Void> invocation, ExtensionContext context)
      throws Throwable {
    try {
      invocation.proceed();
    } catch (Throwable failure) {
      FailureFolder folder =
          new FailureFolder(
              "%s-%s-%s"
                  .formatted(
                      context.getRequiredTestClass().getSimpleName(),
                      context.getRequiredTestMethod().getName(),
                      mode(context)));
      keep(folder, context, failure);
      throw new AssertionError(
          failure.getMessage() + "\nwhat it left is in " + folder.path(), failure);
    }
  }

  private static void keep(FailureFolder folder, ExtensionContext context, Throwable failure) {
    try {
      sessions(context).keepAndClose(folder, context.getUniqueId());
      LogWatch log = ErrorChecks.log(context, server(context));
      folder.keepLog(server(context), log.ofThisTest());
      log.endTest();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
