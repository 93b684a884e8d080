package dev.tidepool.profile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Writes zip archives (APPNOTE 4.3) byte by byte, so that each number in them can be a lie. */
final class ZipForge {
  private static final long LIMIT_32 = 0xFFFFFFFFL;

  private final List<Entry> entries = new ArrayList<>();
  private long declaredEntries = -1;
  private boolean zip64;
  private int disk;

  /** One member; the fields that are set here are written as they are, true or not. */
  static final class Entry {
    private final byte[] name;
    private byte[] data;
    private int flags = 0x0800;
    private int method = Deflater.DEFLATED;
    private long crc;
    private long packed;
    private long unpacked;
    private long localPacked;
    private long localUnpacked;
    private int mode = 0100644;
    private byte[] extra = {};
    private @Nullable Entry place;

    private Entry(String name, byte[] content) {
      this.name = name.getBytes(StandardCharsets.UTF_8);
      this.data = deflated(content);
      CRC32 sum = new CRC32();
      sum.update(content);
      this.crc = sum.getValue();
      sizes(data.length, content.length);
    }

    private void sizes(long newPacked, long newUnpacked) {
      packed = newPacked;
      unpacked = newUnpacked;
      localPacked = newPacked;
      localUnpacked = newUnpacked;
    }

    Entry declared(long newPacked, long newUnpacked) {
      sizes(newPacked, newUnpacked);
      return this;
    }

    Entry declaredUnpacked(long newUnpacked) {
      return declared(packed, newUnpacked);
    }

    Entry centrally(long newPacked, long newUnpacked) {
      packed = newPacked;
      unpacked = newUnpacked;
      return this;
    }

    Entry stored(byte[] content) {
      data = content;
      method = 0;
      return declared(content.length, content.length);
    }

    Entry method(int code) {
      method = code;
      return this;
    }

    Entry flags(int bits) {
      flags = bits;
      return this;
    }

    Entry crc(long sum) {
      crc = sum;
      return this;
    }

    Entry mode(int bits) {
      mode = bits;
      return this;
    }

    Entry extra(byte[] bytes) {
      extra = bytes;
      return this;
    }

    /** Lets this entry's central record point at another's data. */
    Entry sharing(Entry other) {
      place = other;
      return this;
    }
  }

  static ZipForge named(String profile) {
    ZipForge forge = new ZipForge();
    forge.add("profile_meta.json", "{\"name\":\"" + profile + "\"}");
    return forge;
  }

  Entry add(String name, byte[] content) {
    Entry entry = new Entry(name, content);
    entries.add(entry);
    return entry;
  }

  Entry add(String name, String content) {
    return add(name, content.getBytes(StandardCharsets.UTF_8));
  }

  ZipForge declaring(long count) {
    declaredEntries = count;
    return this;
  }

  ZipForge zip64() {
    zip64 = true;
    return this;
  }

  ZipForge onDisk(int number) {
    disk = number;
    return this;
  }

  Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Long> offsets = new ArrayList<>();
    for (Entry entry : entries) {
      Entry place = entry.place;
      offsets.add(place == null ? (long) out.size() : offsets.get(entries.indexOf(place)));
      if (place == null) {
        out.writeBytes(local(entry));
        out.writeBytes(entry.data);
      }
    }
    long directory = out.size();
    for (int i = 0; i < entries.size(); i++) {
      out.writeBytes(central(entries.get(i), offsets.get(i)));
    }
    out.writeBytes(end(directory, out.size() - directory));
    return out.toByteArray();
  }

  private static byte[] local(Entry entry) {
    return little(30 + entry.name.length)
        .putInt(0x04034b50)
        .putShort((short) 20)
        .putShort((short) entry.flags)
        .putShort((short) entry.method)
        .putInt(0x00210000)
        .putInt((int) entry.crc)
        .putInt((int) Math.min(entry.localPacked, LIMIT_32))
        .putInt((int) Math.min(entry.localUnpacked, LIMIT_32))
        .putShort((short) entry.name.length)
        .putShort((short) 0)
        .put(entry.name)
        .array();
  }

  private static byte[] central(Entry entry, long offset) {
    byte[] extra = entry.extra;
    boolean large = entry.packed > LIMIT_32 || entry.unpacked > LIMIT_32;
    if (large) {
      extra =
          little(20)
              .putShort((short) 1)
              .putShort((short) 16)
              .putLong(entry.unpacked)
              .putLong(entry.packed)
              .array();
    }
    return little(46 + entry.name.length + extra.length)
        .putInt(0x02014b50)
        .putShort((short) 0x0314)
        .putShort((short) 20)
        .putShort((short) entry.flags)
        .putShort((short) entry.method)
        .putInt(0x00210000)
        .putInt((int) entry.crc)
        .putInt((int) (large ? LIMIT_32 : entry.packed))
        .putInt((int) (large ? LIMIT_32 : entry.unpacked))
        .putShort((short) entry.name.length)
        .putShort((short) extra.length)
        .putShort((short) 0)
        .putShort((short) 0)
        .putShort((short) 0)
        .putInt(entry.mode << 16)
        .putInt((int) offset)
        .put(entry.name)
        .put(extra)
        .array();
  }

  private byte[] end(long directory, long size) {
    long count = declaredEntries < 0 ? entries.size() : declaredEntries;
    ByteBuffer end = little(zip64 ? 56 + 20 + 22 : 22);
    if (zip64) {
      end.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
      end.putInt(disk).putInt(0).putLong(count).putLong(count).putLong(size).putLong(directory);
      end.putInt(0x07064b50).putInt(0).putLong(directory + size).putInt(1);
    }
    short shortCount = (short) (zip64 ? 0xFFFF : count);
    return end.putInt(0x06054b50)
        .putShort((short) disk)
        .putShort((short) 0)
        .putShort(shortCount)
        .putShort(shortCount)
        .putInt((int) size)
        .putInt((int) directory)
        .putShort((short) 0)
        .array();
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }
}
