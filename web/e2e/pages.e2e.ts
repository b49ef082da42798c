import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axe, demoAccounts, launch, lotse, openPage, type Server, settled, signIn, startServer } from "./harness";
import { addressOf, routes } from "./routes";

// Every page of the demo company, in both languages and schemes: no axe finding, nothing on the console, no sideways
// scrolling on a phone.
describe("every page", () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), "lotse-e2e-"));
    lotse("demo", "--data", dir, "--scale", "0.05");
    server = await startServer(dir);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const sights = [
    { scheme: "light", lang: "de", width: 1440 },
    { scheme: "dark", lang: "de", width: 1440 },
    { scheme: "light", lang: "en", width: 1440 },
    { scheme: "dark", lang: "en", width: 390 },
    { scheme: "light", lang: "de", width: 390 },
  ] as const;

  for (const sight of sights) {
    describe(`${sight.scheme} ${sight.lang} ${sight.width}`, () => {
      let context: BrowserContext;
      let opened: Awaited<ReturnType<typeof openPage>>;

      beforeAll(async () => {
        context = await browser.newContext({
          colorScheme: sight.scheme,
          locale: sight.lang === "de" ? "de-DE" : "en-GB",
          viewport: { width: sight.width, height: sight.width < 768 ? 844 : 900 },
          reducedMotion: "reduce",
        });
        opened = await openPage(context);
        await signIn(opened.page, server, demoAccounts.officer, sight);
      });
      afterAll(() => context?.close());

      for (const [name, path] of routes) {
        test(name, async () => {
          const { page, problems } = opened;
          problems.length = 0;
          await page.goto(server.url + (await addressOf(page, path)));
          await settled(page);
          expect(await axe(page)).toEqual([]);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect(overflow, "sideways scrolling").toBeLessThanOrEqual(0);
          expect(problems).toEqual([]);
        });
      }
    });
  }

  test("signed out: the sign-in page, in both languages", async () => {
    for (const locale of ["de-DE", "en-GB"]) {
      const context = await browser.newContext({ locale });
      const { page, problems } = await openPage(context);
      await page.goto(`${server.url}/befunde`);
      await page.locator("input[type=password]").waitFor();
      expect(await axe(page)).toEqual([]);
      expect(problems).toEqual([]);
      await context.close();
    }
  });

  test("a viewer sees no permission where only others may change", async () => {
    const context = await browser.newContext({ locale: "de-DE" });
    const { page } = await openPage(context);
    await signIn(page, server, demoAccounts.viewer, { scheme: "light", lang: "de" });
    for (const path of ["/konten", "/daten/einlesen", "/einstellungen"]) {
      await page.goto(server.url + path);
      await settled(page);
      expect(await axe(page)).toEqual([]);
    }
    await context.close();
  });

  test("the administration sees the accounts", async () => {
    for (const scheme of ["light", "dark"] as const) {
      const context = await browser.newContext({ locale: "de-DE", colorScheme: scheme });
      const { page, problems } = await openPage(context);
      await signIn(page, server, demoAccounts.admin, { scheme, lang: "de" });
      await page.goto(`${server.url}/konten`);
      await page.getByRole("cell", { name: demoAccounts.viewer.email }).waitFor();
      expect(await axe(page)).toEqual([]);
      expect(problems).toEqual([]);
      await context.close();
    }
  });
});
