package dev.tidepool.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/**
 * An answer of S3: the texts of its elements by their path below the root.
 *
 * <pre>{@code
 * <ListPartsResult><Part><PartNumber>1</PartNumber>…   "Part/PartNumber" -> ["1", …]
 * }</pre>
 *
 * A document type is refused, and with it entities of one's own; so is what is no XML at all.
 *
 * @param root the name of the root element; empty when it is no XML
 */
record S3Xml(String root, Map<String, List<String>> texts) {
  private static final int DEEPEST = 16;

  static S3Xml parse(byte[] body) {
    try {
      return read(body);
    } catch (XMLStreamException e) {
      return new S3Xml("", Map.of());
    }
  }

  private static S3Xml read(byte[] body) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(body));
    Map<String, List<String>> texts = new LinkedHashMap<>();
    List<String> path = new ArrayList<>();
    String root = "";
    StringBuilder text = new StringBuilder();
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw new XMLStreamException("a document type");
        case XMLStreamConstants.START_ELEMENT -> {
          path.add(reader.getLocalName());
          root = root.isEmpty() ? reader.getLocalName() : root;
          text.setLength(0);
          if (path.size() > DEEPEST) {
            throw new XMLStreamException("too deep");
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          String name = String.join("/", path.subList(1, path.size()));
          texts.computeIfAbsent(name, unused -> new ArrayList<>()).add(text.toString().strip());
          path.remove(path.size() - 1);
          text.setLength(0);
        }
        default -> {
          // Comments and the like say nothing.
        }
      }
    }
    return new S3Xml(root, texts);
  }

  /** The first text at a path; empty when there is none. */
  String first(String path) {
    List<String> all = all(path);
    return all.isEmpty() ? "" : all.get(0);
  }

  List<String> all(String path) {
    return texts.getOrDefault(path, List.of());
  }

  /** What a server is told to join, part by part in the order of their numbers. */
  static byte[] completion(NavigableMap<Integer, String> tags) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      XMLStreamWriter writer =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      writer.writeStartElement("CompleteMultipartUpload");
      writer.writeDefaultNamespace("http://s3.amazonaws.com/doc/2006-03-01/");
      for (Map.Entry<Integer, String> part : tags.entrySet()) {
        writer.writeStartElement("Part");
        write(writer, "PartNumber", part.getKey().toString());
        write(writer, "ETag", part.getValue());
        writer.writeEndElement();
      }
      writer.writeEndElement();
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("memory takes every text", e);
    }
    return bytes.toByteArray();
  }

  private static void write(XMLStreamWriter writer, String name, String text)
      throws XMLStreamException {
    writer.writeStartElement(name);
    writer.writeCharacters(text);
    writer.writeEndElement();
  }
}
