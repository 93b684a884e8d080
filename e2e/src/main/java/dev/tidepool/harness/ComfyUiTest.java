package dev.tidepool.harness;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a class's tests against a real ComfyUI, once in each render mode. Test methods and
 * {@code @BeforeEach} methods may take a {@link ComfyUi}, a {@link ComfyApi}, a {@link ComfyPage},
 * a {@link RenderMode} and the test's {@link Ledger}.
 *
 * <p>Classes with the same settings share one server for the whole run. Each test begins with an
 * empty queue, and one that asks for a page gets a browser context of its own, unless the class
 * shares one. An error in the browser's console or in the server's log fails the test, unless an
 * {@link ExpectedError} or the ledger explains it; each failure leaves a folder that its message
 * names.
 *
 * <pre>{@code
 * @ComfyUiTest(nodes = "MyNode")
 * class MyNodeTest {
 *   @Test
 *   void showsItsWidget(ComfyPage page) {
 *     NodeHandle node = page.graph().add("MyNode", 100, 100);
 *     assertThat(node.locator(".my-widget")).isVisible();
 *   }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(ComfyUiExtension.class)
public @interface ComfyUiTest {
  /** Nodes that the server must have before the tests start. */
  String[] nodes() default {};

  /**
   * The render modes to run in; {@code -Dtidepool.modes=CLASSIC} narrows them, and {@code
   * -Dtidepool.repeat=20} runs each so many times on the same server.
   */
  RenderMode[] modes() default {RenderMode.CLASSIC, RenderMode.NODES_2};

  /** Whether the packs of the system property {@code tidepool.pack} are installed. */
  boolean packs() default true;

  /**
   * Whether each test gets a browser context of its own (some seconds each), or the tests of a
   * class share one, in which the graph is emptied between them. After a failure the next test gets
   * a new one either way.
   */
  boolean sharedPage() default false;

  /** More arguments of ComfyUI. By default it talks to no service outside. */
  String[] arguments() default {"--disable-api-nodes"};

  /** Environment variables of the server besides this process's, each as {@code NAME=value}. */
  String[] environment() default {};
}
