import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "vitest";
import { demoAccounts, launch, lotse, openPage, root, settled, signIn, startServer } from "./harness";
import { addressOf, routes } from "./routes";

// Pictures of every route for people to look at; only on request (make shots).
describe.skipIf(!process.env.LOTSE_SHOTS)("shots", () => {
  test(
    "every route, wide and narrow, light and dark, German and English",
    async () => {
      const folder = process.env.LOTSE_SHOTS_DIR ?? join(root, "shots");
      mkdirSync(folder, { recursive: true });
      const dir = mkdtempSync(join(tmpdir(), "lotse-shots-"));
      lotse(
        "demo",
        "--data",
        dir,
        ...(process.env.LOTSE_SHOTS_SCALE ? ["--scale", process.env.LOTSE_SHOTS_SCALE] : []),
      );
      const server = await startServer(dir);
      const browser = await launch();
      try {
        for (const lang of ["de", "en"] as const) {
          for (const scheme of ["light", "dark"] as const) {
            for (const width of [1440, 390]) {
              const context = await browser.newContext({
                colorScheme: scheme,
                locale: lang === "de" ? "de-DE" : "en-GB",
                viewport: { width, height: width < 768 ? 844 : 900 },
              });
              const { page } = await openPage(context);
              await signIn(page, server, demoAccounts.officer, { scheme, lang });
              for (const [name, path] of routes) {
                await page.goto(server.url + (await addressOf(page, path)));
                await settled(page);
                await page.screenshot({ path: join(folder, `${name}-${width}-${scheme}-${lang}.png`), fullPage: true });
              }
              await context.close();
            }
          }
        }
      } finally {
        await browser.close();
        await server.stop();
      }
    },
    30 * 60_000,
  );
});
