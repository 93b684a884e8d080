package dev.tidepool.model;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * A connection to one SQLite file, with write-ahead log and without surprises from a file that
 * somebody else wrote. Other processes may use the file at the same time. For one thread.
 */
final class Database implements AutoCloseable {
  /** How long to wait for another process; each of our own transactions is much shorter. */
  private static final int PATIENCE_MILLIS = 60_000;

  private static final int SHORT_READ = SQLiteErrorCode.SQLITE_IOERR_SHORT_READ.code;

  private final Connection connection;
  private final Statement plain;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private Database(Connection connection, Statement plain) {
    this.connection = connection;
    this.plain = plain;
  }

  /** Work on rows that may fail as databases do. */
  interface Work<T extends @Nullable Object> {
    T run() throws SQLException;
  }

  /** Opens the file, or makes it. */
  static Database open(Path file) throws SQLException {
    return connect(file.toString());
  }

  /** A database in memory, which is gone when it is closed. */
  static Database inMemory() throws SQLException {
    return connect(":memory:");
  }

  private static Database connect(String name) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("busy_timeout", Integer.toString(PATIENCE_MILLIS));
    // Not by way of the driver manager, which looks through the whole class path for drivers.
    Connection connection = new JDBC4Connection("jdbc:sqlite:" + name, name, settings);
    try {
      Statement plain = connection.createStatement();
      plain.execute("PRAGMA trusted_schema = OFF");
      plain.execute("PRAGMA cell_size_check = ON");
      plain.execute("PRAGMA synchronous = NORMAL");
      useLog(plain);
      return new Database(connection, plain);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Another process that is at work in this moment keeps the mode as it is, which does no harm. */
  private static void useLog(Statement plain) throws SQLException {
    try {
      plain.execute("PRAGMA journal_mode = WAL");
    } catch (SQLiteException e) {
      if ((e.getErrorCode() & 0xff) != SQLiteErrorCode.SQLITE_BUSY.code) {
        throw e;
      }
    }
  }

  /** Whether the failure means that the file's content is not what it should be. */
  static boolean isDamage(SQLException e) {
    if (!(e instanceof SQLiteException failure)) {
      return false;
    }
    return switch (failure.getErrorCode() & 0xff) {
      case 10 -> failure.getResultCode().code == SHORT_READ;
      case 11, 26 -> true;
      default -> false;
    };
  }

  /**
   * Whether, when it comes from opening a file, the failure means that its format or its tables are
   * not ours. In the midst of work it means nothing of that kind.
   */
  static boolean isUnusable(SQLException e) {
    return e instanceof SQLiteException
        && (e.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_ERROR.code;
  }

  /** Runs statements without parameters. */
  void run(String... statements) throws SQLException {
    for (String statement : statements) {
      plain.execute(statement);
    }
  }

  /** A statement that is prepared once and then stays. */
  PreparedStatement statement(String text) throws SQLException {
    PreparedStatement known = prepared.get(text);
    if (known == null) {
      known = connection.prepareStatement(text);
      prepared.put(text, known);
    }
    return known;
  }

  /** The first column of the first row as a number; 0 without rows. */
  long number(String query) throws SQLException {
    try (ResultSet rows = plain.executeQuery(query)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** The first column of the first row as text; empty without rows. */
  String text(String query) throws SQLException {
    try (ResultSet rows = plain.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  /** Does the work in one transaction that no other writer comes between; all of it or nothing. */
  <T extends @Nullable Object> T write(Work<T> work) throws SQLException {
    plain.execute("BEGIN IMMEDIATE");
    boolean done = false;
    try {
      T result = work.run();
      plain.execute("COMMIT");
      done = true;
      return result;
    } finally {
      if (!done) {
        rollback();
      }
    }
  }

  private void rollback() {
    try {
      plain.execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite rolls back by itself after some failures, and the first failure is the one to tell.
      System.getLogger("dev.tidepool.model")
          .log(System.Logger.Level.DEBUG, "rollback reason={0}", e.getMessage());
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
