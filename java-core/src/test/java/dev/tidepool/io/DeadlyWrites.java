package dev.tidepool.io;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Watches a JVM as a debugger does, and kills its process (SIGKILL) right before it writes to the
 * disk for the n-th time: a content, a new name, a folder, a link, a deletion, what is forced to
 * the device.
 *
 * <pre>{@code
 * try (DeadlyWrites writes = DeadlyWrites.listening()) {
 *   start("java", writes.option(), "-cp", …);
 *   int seen = writes.killAt(7, process::destroyForcibly); // less when it came to its end before
 * }
 * }</pre>
 */
public final class DeadlyWrites implements AutoCloseable {
  /** How long a JVM may take to start. */
  private static final String PATIENCE_MILLIS = "60000";

  /** What writes, where these classes have it: their names differ between versions of Java. */
  private static final Map<String, Set<String>> WRITING =
      Map.of(
          "sun.nio.fs.UnixNativeDispatcher",
          Set.of("rename", "unlink", "rmdir", "mkdir", "link", "symlink"),
          "sun.nio.ch.FileDispatcherImpl",
          Set.of("write", "pwrite", "force"),
          "sun.nio.ch.UnixFileDispatcherImpl",
          Set.of("write", "pwrite", "force"),
          "java.io.FileOutputStream",
          Set.of("write"));

  private final ListeningConnector connector;
  private final Map<String, Connector.Argument> arguments;
  private final String address;

  private DeadlyWrites(
      ListeningConnector connector, Map<String, Connector.Argument> arguments, String address) {
    this.connector = connector;
    this.arguments = arguments;
    this.address = address;
  }

  /** Waits for a JVM that has the option. */
  public static DeadlyWrites listening() throws IOException, IllegalConnectorArgumentsException {
    ListeningConnector connector =
        Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(each -> each.name().equals("com.sun.jdi.SocketListen"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    Objects.requireNonNull(arguments.get("localAddress")).setValue("127.0.0.1");
    Objects.requireNonNull(arguments.get("port")).setValue("0");
    Objects.requireNonNull(arguments.get("timeout")).setValue(PATIENCE_MILLIS);
    return new DeadlyWrites(connector, arguments, connector.startListening(arguments));
  }

  /** The option of the JVM that is to be watched. */
  public String option() {
    return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address;
  }

  /** Lets it run up to a write, counted from 0, and kills it there. */
  public int killAt(int deadly, Runnable kill) throws Exception {
    return killAt(seen -> seen == deadly, kill);
  }

  /**
   * Lets it run up to a write and kills it there.
   *
   * @param deadly told of how many writes there were before one that is about to happen, says
   *     whether that is the one
   * @param kill kills the process, all threads of which stand still then
   * @return how many writes it came to before; all of them when it was not killed
   */
  public int killAt(IntPredicate deadly, Runnable kill) throws Exception {
    VirtualMachine machine = connector.accept(arguments);
    int seen = 0;
    try {
      for (String name : WRITING.keySet()) {
        ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(name);
        prepared.enable();
        machine.classesByName(name).forEach(DeadlyWrites::watch);
      }
      while (true) {
        EventSet events = machine.eventQueue().remove();
        for (Event event : events) {
          if (event instanceof ClassPrepareEvent loaded) {
            watch(loaded.referenceType());
          } else if (event instanceof BreakpointEvent && deadly.test(seen++)) {
            kill.run();
            return seen - 1;
          }
        }
        events.resume();
      }
    } catch (VMDisconnectedException e) {
      return seen;
    }
  }

  private static void watch(ReferenceType type) {
    VirtualMachine machine = type.virtualMachine();
    for (Method method : type.methods()) {
      if (WRITING.getOrDefault(type.name(), Set.of()).contains(method.name())
          && !method.isNative()
          && !method.isAbstract()) {
        BreakpointRequest request =
            machine.eventRequestManager().createBreakpointRequest(method.location());
        request.enable();
      }
    }
  }

  @Override
  public void close() throws IOException, IllegalConnectorArgumentsException {
    connector.stopListening(arguments);
  }
}
