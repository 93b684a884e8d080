package dev.tidepool.bridge;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import jep.JepConfig;
import jep.MainInterpreter;
import jep.SharedInterpreter;
import org.jspecify.annotations.Nullable;

/**
 * Lets Jep adopt the Python interpreter that already runs in this process, instead of starting one.
 *
 * <p>Jep 4.3.1 knows only "Java starts Python". This class repeats what {@code
 * jep.MainInterpreter.initialize} does, but on a thread that Python owns and that holds the
 * interpreter's lock: CPython then reconfigures itself instead of starting anew, and Jep remembers
 * that thread as its main one. All of it leans on private parts of Jep, so nothing else may.
 *
 * <p>Python makes one instance through JNI and uses it twice, on two threads of its own: {@link
 * #adopt} with the interpreter's lock held, which never returns when it works, and {@link
 * #handOver} without the lock.
 */
final class Embedding {
  private final CompletableFuture<Boolean> adopted = new CompletableFuture<>();

  Embedding() {}

  /**
   * Adopts the interpreter of the calling thread, then keeps the thread: Jep needs its main thread
   * for as long as the process lives. Returns only when adopting failed; {@link #adopted()} tells
   * why.
   *
   * @param library the absolute path of Jep's native library
   * @param executable the running Python, as in {@code sys.executable}
   * @param commandLine a command line of that Python with the settings it runs under, so that
   *     reconfiguring changes none
   */
  void adopt(String library, String executable, String[] commandLine) {
    try {
      System.load(library);
      initialize(executable, commandLine);
    } catch (InvocationTargetException e) {
      adopted.completeExceptionally(e.getCause() == null ? e : e.getCause());
      return;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      adopted.completeExceptionally(e);
      return;
    }
    adopted.complete(true);
    while (true) {
      LockSupport.park(this);
    }
  }

  /**
   * Waits until the interpreter is adopted; answers null then, else one sentence that says what
   * failed.
   */
  @Nullable String adopted() throws InterruptedException {
    try {
      adopted.get();
      return null;
    } catch (ExecutionException e) {
      return sentence(e.getCause());
    }
  }

  /**
   * Hands a new door to the adopted interpreter.
   *
   * @param module the name of a loaded Python module with a function {@code receive(door)}
   * @return null when Python has the door, else one sentence that says what failed
   */
  @Nullable String handOver(String module) throws InterruptedException {
    // An interpreter of Jep needs a thread that Java made and that no other Python thread state
    // ever used.
    CompletableFuture<Boolean> handed = new CompletableFuture<>();
    Thread thread = new Thread(() -> give(module, handed), "tidepool-hand-over");
    thread.setDaemon(true);
    thread.start();
    try {
      handed.get();
      return null;
    } catch (ExecutionException e) {
      return sentence(e.getCause());
    }
  }

  private static void initialize(String executable, String[] commandLine)
      throws ReflectiveOperationException {
    Constructor<MainInterpreter> constructor = MainInterpreter.class.getDeclaredConstructor();
    constructor.setAccessible(true);
    MainInterpreter interpreter = constructor.newInstance();
    set(interpreter, "thread", Thread.currentThread());
    Method method =
        MainInterpreter.class.getDeclaredMethod(
            "initializePython",
            boolean.class,
            String[].class,
            int.class,
            int.class,
            String.class,
            int.class,
            int.class,
            String.class,
            int.class,
            int.class,
            int.class,
            int.class,
            int.class);
    method.setAccessible(true);
    int unset = -1;
    // The command line says it all, so every other setting stays unset; it is parsed as Python's
    // own.
    method.invoke(
        null,
        false,
        commandLine,
        unset,
        unset,
        null,
        unset,
        1,
        executable,
        unset,
        unset,
        unset,
        unset,
        unset);
    set(null, "instance", interpreter);
  }

  private static void set(@Nullable MainInterpreter target, String name, Object value)
      throws ReflectiveOperationException {
    Field field = MainInterpreter.class.getDeclaredField(name);
    field.setAccessible(true);
    field.set(target, value);
  }

  private static void give(String module, CompletableFuture<Boolean> handed) {
    try (SharedInterpreter interpreter = new PlainInterpreter()) {
      interpreter.set("door", new Door());
      interpreter.set("module", module);
      interpreter.exec("import sys\nsys.modules[module].receive(door)");
    } catch (RuntimeException | LinkageError e) {
      handed.completeExceptionally(e);
      return;
    }
    handed.complete(true);
  }

  private static String sentence(@Nullable Throwable failure) {
    String message = failure == null ? null : failure.getMessage();
    return message == null || message.isBlank() ? String.valueOf(failure) : message;
  }

  /**
   * An interpreter without Jep's import hook, which would ask Java about every import of every
   * Python thread.
   */
  private static final class PlainInterpreter extends SharedInterpreter {
    @Override
    protected void configureInterpreter(JepConfig config) {}
  }
}
