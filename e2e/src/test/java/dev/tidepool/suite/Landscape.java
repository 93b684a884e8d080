package dev.tidepool.suite;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * A painted landscape: sky, sun, and ridges that fade into the distance. The same number gives the
 * same picture.
 *
 * @param width in pixels
 * @param height in pixels
 */
record Landscape(int width, int height) {
  private static final int RIDGES = 5;
  private static final int STEPS = 240;

  BufferedImage numbered(int number) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(7919L * (number + 1));
    float hue = number * 0.138f + 0.55f;
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    paintSky(graphics, hue);
    paintSun(graphics, random);
    for (int ridge = 0; ridge < RIDGES; ridge++) {
      paintRidge(graphics, random, hue, ridge);
    }
    graphics.dispose();
    return image;
  }

  private void paintSky(Graphics2D graphics, float hue) {
    Color above = Color.getHSBColor(hue, 0.55f, 0.55f);
    Color below = Color.getHSBColor(hue + 0.42f, 0.45f, 1f);
    graphics.setPaint(new GradientPaint(0, 0, above, 0, height * 0.7f, below));
    graphics.fillRect(0, 0, width, height);
  }

  private void paintSun(Graphics2D graphics, Random random) {
    float radius = height * (0.06f + 0.05f * random.nextFloat());
    float x = width * (0.2f + 0.6f * random.nextFloat());
    float y = height * (0.22f + 0.2f * random.nextFloat());
    Color light = new Color(255, 250, 230);
    float[] stops = {0f, 0.28f, 0.3f, 1f};
    Color[] colors = {light, light, new Color(255, 240, 200, 110), new Color(255, 240, 200, 0)};
    graphics.setPaint(
        new RadialGradientPaint(new Point2D.Float(x, y), radius * 3.5f, stops, colors));
    graphics.fillRect(0, 0, width, height);
  }

  private void paintRidge(Graphics2D graphics, Random random, float hue, int ridge) {
    float near = (ridge + 1f) / RIDGES;
    double base = height * (0.42 + 0.5 * near * near);
    double[] phases = random.doubles(4, 0, 2 * Math.PI).toArray();
    Path2D outline = new Path2D.Double();
    outline.moveTo(0, height);
    for (int step = 0; step <= STEPS; step++) {
      double at = (double) step / STEPS;
      double wave = 0;
      for (int octave = 0; octave < phases.length; octave++) {
        double frequency = (1.3 + ridge * 0.4) * Math.pow(2.1, octave);
        wave += Math.sin(at * frequency * 2 * Math.PI + phases[octave]) / Math.pow(2, octave);
      }
      outline.lineTo(at * width, base - wave * height * 0.075);
    }
    outline.lineTo(width, height);
    outline.closePath();
    graphics.setPaint(
        Color.getHSBColor(hue + 0.05f * near, 0.25f + 0.45f * near, 0.72f - 0.58f * near));
    graphics.fill(outline);
  }
}
