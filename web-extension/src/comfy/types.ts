/** The parts of ComfyUI's frontend that Tidepool uses, as frontend 1.47 has them. */

/** What an extension hands to ComfyUI. */
export interface ComfyExtension {
  name: string;
}

/** `app` of `/scripts/app.js`. */
export interface ComfyApp {
  registerExtension(extension: ComfyExtension): void;
}

/** `api` of `/scripts/api.js`. */
export interface ComfyApi {
  fetchApi(route: string, options?: RequestInit): Promise<Response>;
  apiURL(route: string): string;
}
