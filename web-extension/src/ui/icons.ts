/** Line icons on a 24-pixel grid, drawn in the colour of the text around them and named after what they show. */
const PATHS = {
  plus: "M12 4.5v15M4.5 12h15",
  cross: "M6 6l12 12M18 6 6 18",
  pencil: "M15.8 4.8l3.4 3.4L8.4 19l-4.5 1 1-4.5ZM13.5 7l3.5 3.5",
  copy: "M9 10.5A1.5 1.5 0 0 1 10.5 9h8a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5h-8A1.5 1.5 0 0 1 9 18.5ZM15 9V5.5A1.5 1.5 0 0 0 13.5 4h-8A1.5 1.5 0 0 0 4 5.5v8A1.5 1.5 0 0 0 5.5 15H9",
  download: "M12 3.5V15M7 10l5 5 5-5M4 19.5h16",
  upload: "M12 15V3.5M7 8.5l5-5 5 5M4 19.5h16",
  trash:
    "M4.5 7h15M10 11v6M14 11v6M6.5 7l.8 12a1.5 1.5 0 0 0 1.5 1.5h6.4a1.5 1.5 0 0 0 1.5-1.5L17.5 7M9 7V4.5A1 1 0 0 1 10 3.5h4a1 1 0 0 1 1 1V7",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  eyeCrossed:
    "M4 4l16 16M9.9 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-2.6 3.3M6.2 7.6A15 15 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4.3-1.1M9.9 9.9a3 3 0 0 0 4.2 4.2",
  brush: "M14.5 5.5l4 4L9 19c-1 1-3.5 1.5-5.5 1.5C4 18.5 4 16 5 15ZM12.5 7.5l4 4M16.5 3.5l4 4",
  eraser:
    "M8.5 19.5h11M5 14.5l8.5-9a1.5 1.5 0 0 1 2.1 0l3.9 3.9a1.5 1.5 0 0 1 0 2.1l-7.5 8H8.5L5 16.5a1.5 1.5 0 0 1 0-2ZM9.5 10l5.5 5.5",
  sort: "M7 4.5v15M3.5 16l3.5 3.5L10.5 16M13 6h8M13 11h6M13 16h4",
  brokenLink:
    "M9 15l6-6M10.5 6.5l1.8-1.8a4.5 4.5 0 0 1 6.4 6.4L17 13M13.5 17.5l-1.8 1.8a4.5 4.5 0 0 1-6.4-6.4L7 11M4 4l3 3M17 17l3 3",
  picture:
    "M4.5 7.5a2 2 0 0 1 2-2h11a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2ZM4.5 15.5l4-4 4 4 2.5-2.5 4.5 4.5M15 9.5h.01",
  brokenPicture:
    "M4.5 13V7.5a2 2 0 0 1 2-2h11a2 2 0 0 1 2 2V11l-3.5 3-3.5-3-3.5 3ZM4.5 17.5a2 2 0 0 0 2 1h11a2 2 0 0 0 2-2V15l-3.5 3-3.5-3-3.5 3-3-2Z",
  person: "M12 12.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20c.8-3.5 3.8-5 7.5-5s6.7 1.5 7.5 5",
  warning: "M12 9v4.5M12 17h.01M10.3 4.3 2.8 17.5a2 2 0 0 0 1.7 3h15a2 2 0 0 0 1.7-3L13.7 4.3a2 2 0 0 0-3.4 0Z",
  wavesCrossed:
    "M4 4l16 16M8.5 16a5 5 0 0 1 5-1.4M5 12.5a10 10 0 0 1 4-2.4M2 9a15 15 0 0 1 4-2.6M12.5 6.5A15 15 0 0 1 22 9M15.5 10.8a10 10 0 0 1 3.5 1.7M12 20h.01",
  enlarge: "M14 4.5h5.5V10M19.5 4.5 13 11M10 19.5H4.5V14M4.5 19.5 11 13",
  label: "M4.5 4.5h7l8 8-7 7-8-8ZM8.5 8.5h.01",
  left: "M15 5l-7 7 7 7",
  right: "M9 5l7 7-7 7",
  down: "M6.5 9.5l5.5 5.5 5.5-5.5",
} as const;

/** One of the icons. */
export type IconName = keyof typeof PATHS;

const SVG = "http://www.w3.org/2000/svg";

/** A new icon; hidden from screen readers, since what bears it is named. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "tidepool-icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
