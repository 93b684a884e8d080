package dev.tidepool.cli;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Makes ready, beside the command, what Java takes long to begin with and nearly every command
 * needs: digests, whose providers Java has to look up, and with JSON the large numbers that Java 23
 * and newer multiply out. Together that is a quarter of a short command.
 */
final class HeadStart extends Thread {
  HeadStart() {
    super("tidepool-head-start");
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      MessageDigest.getInstance("SHA-256");
      Class.forName("java.math.BigDecimal");
    } catch (NoSuchAlgorithmException | ClassNotFoundException e) {
      // Whoever needs what is not there says so.
    }
  }
}
