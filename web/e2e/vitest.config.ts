import { defineConfig } from "vitest/config";

// End-to-end tests: the real binary, a real Chromium, one file after the other; LOTSE_E2E_WORKERS=2 runs two at a time.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["**/*.e2e.ts"],
    environment: "node",
    maxWorkers: Number(process.env.LOTSE_E2E_WORKERS ?? 1),
    testTimeout: 180_000,
    hookTimeout: 180_000,
    reporters: ["verbose"],
  },
});
