import type { ComfyApi } from "./types";

/** ComfyUI serves it as `/scripts/api.js`. */
export declare const api: ComfyApi;
