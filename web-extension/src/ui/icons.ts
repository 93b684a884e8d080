/** Shapes in a 16 by 16 box, drawn as lines in the colour of the text around them. */
const SHAPES = {
  plus: "M8 3v10M3 8h10",
  pencil: "M10.5 3.2l2.3 2.3L5.6 12.7l-3 .7.7-3zM9 4.7L11.3 7",
  copy: "M6 6h7.2v7.2H6zM10 6V2.8H2.8V10H6",
  download: "M8 2.5V10M4.8 7.2L8 10.4l3.2-3.2M2.8 13.2h10.4",
  upload: "M8 10.4V2.8M4.8 6L8 2.8 11.2 6M2.8 13.2h10.4",
  trash: "M3 4.5h10M6.2 4.5V2.8h3.6v1.7M4.4 4.5l.6 8.7h6l.6-8.7M6.8 7v3.8M9.2 7v3.8",
  close: "M4 4l8 8M12 4l-8 8",
  warning: "M8 2.6l6 10.6H2zM8 6.6v3M8 11.4v.2",
  chevron: "M4.5 6.5L8 10l3.5-3.5",
} as const;

export type IconName = keyof typeof SHAPES;

const SVG = "http://www.w3.org/2000/svg";

/** An icon of the size of the text around it; hidden from screen readers, since its button is named. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "tidepool-glyph");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}
