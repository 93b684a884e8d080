import { defineConfig } from "vitest/config";

/** ComfyUI imports every `.js` file below a pack's web folder as an extension, so the build is one module. */
export default defineConfig({
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    modulePreload: false,
    lib: { entry: "src/extension.ts", formats: ["es"], fileName: () => "tidepool.js" },
    rolldownOptions: {
      external: ["/scripts/app.js", "/scripts/api.js"],
      output: { codeSplitting: false },
    },
  },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"] },
});
