import { defineConfig } from "vitest/config";

// End-to-end tests: the real binary, a real Chromium, two files at a time, each with a server and a data folder of its own.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["**/*.e2e.ts"],
    environment: "node",
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    reporters: ["verbose"],
  },
});
