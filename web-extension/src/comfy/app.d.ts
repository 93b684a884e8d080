import type { ComfyApp } from "./types";

/** ComfyUI serves it as `/scripts/app.js`. */
export declare const app: ComfyApp;
