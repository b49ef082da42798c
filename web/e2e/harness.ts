import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

export const root = resolve(import.meta.dirname, "../..");
export const binary = process.env.LOTSE_BIN ?? join(root, "bin/lotse");
const axeSource = readFileSync(join(root, "web/node_modules/axe-core/axe.min.js"), "utf8");

/** Path of real public data beside the checkout, undefined when it is absent. */
export function sharedData(...parts: string[]): string | undefined {
  const path = join(root, "../shared/data", ...parts);
  return existsSync(path) ? path : undefined;
}

/** A running server on an own data folder. */
export interface Server {
  url: string;
  dir: string;
  output: () => string;
  firstAccountLink: () => string;
  stop: () => Promise<void>;
}

/** Starts the binary on dir, a fresh folder when it is left out, and waits until it is ready. */
export async function startServer(dir = mkdtempSync(join(tmpdir(), "lotse-e2e-")), program = binary): Promise<Server> {
  const child = spawn(program, ["serve", "--data", dir, "--listen", "127.0.0.1:0"], {
    env: { ...process.env, LOTSE_LANG: "de" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  const url = await waitFor(
    () => output.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0],
    child,
    () => output,
  );
  await waitFor(
    async () => ((await fetch(`${url}/readyz`).catch(() => undefined))?.ok ? true : undefined),
    child,
    () => output,
  );
  return {
    url,
    dir,
    output: () => output,
    firstAccountLink: () => {
      const path = output.match(/\/einmal\/[a-z0-9]+/)?.[0];
      if (!path) throw new Error(`no one-time link in:\n${output}`);
      return url + path;
    },
    stop: async () => {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGINT");
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function waitFor<T>(
  probe: () => T | undefined | Promise<T | undefined>,
  child: ChildProcess,
  output: () => string,
): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const value = await probe();
    if (value !== undefined) return value;
    if (child.exitCode !== null) throw new Error(`server ended with ${child.exitCode}:\n${output()}`);
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`server did not get ready:\n${output()}`);
}

/** Builds another program of the repository with the web app inside and returns its path. */
export function build(folder: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "lotse-e2e-build-")), "lotse");
  execFileSync("go", ["build", "-tags=sqlite_fts5,webui", "-o", path, folder], { cwd: root, stdio: "inherit" });
  return path;
}

/** Runs a command of the binary and returns its standard output. */
export function lotse(...args: string[]): string {
  return execFileSync(binary, args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, LOTSE_LANG: "de" },
  });
}

/** Starts the Chromium of the system without any connection to the outside. */
export function launch(): Promise<Browser> {
  const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
    existsSync(path),
  );
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Opens a page whose console errors and failed requests make the test fail at the end through the returned list. */
export async function openPage(context: BrowserContext): Promise<{ page: Page; problems: string[] }> {
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 40[134]/.test(message.text()))
      problems.push(`console: ${message.text()}`);
  });
  return { page, problems };
}

/** Runs axe on the page and returns one line per finding. */
export async function axe(page: Page): Promise<string[]> {
  // A list that is closing still stands in the page for a moment and belongs to no field any more.
  await page.waitForFunction(
    () =>
      document.querySelector('[aria-haspopup="listbox"][aria-expanded="true"]') ||
      ![...document.querySelectorAll('.mantine-Popover-dropdown [role="listbox"]')].some((el) => el.checkVisibility()),
  );
  // The page's content security policy forbids inline scripts; the driver evaluates outside of it.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    interface Violation {
      id: string;
      nodes: { target: string[]; failureSummary: string }[];
    }
    const { axe } = window as unknown as {
      axe: { run: (on: Document, options: object) => Promise<{ violations: Violation[] }> };
    };
    const result = await axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return result.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")} ${n.failureSummary}`));
  });
}

/** Creates the first account by the one-time link, which also signs in. */
export async function createFirstAccount(page: Page, server: Server): Promise<void> {
  await page.goto(server.firstAccountLink());
  await page.getByLabel("Name", { exact: true }).fill("Jonas Albers");
  await page.getByLabel("E-Mail").fill("j.albers@nordhafen.example");
  await page.locator("input[type=password]").first().fill("ein langes Kennwort 14");
  await page.getByRole("button", { name: "Konto anlegen" }).click();
  await page.waitForURL(`${server.url}/`);
}

/** Loads a file through the wizard as it is proposed and returns the clicks that it took. */
export async function loadFile(page: Page, server: Server, file: string): Promise<number> {
  await page.goto(`${server.url}/daten/einlesen`);
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("button", { name: /Weiter zur Prüfung/ }).click();
  await page.getByRole("button", { name: /Zeilen laden$/ }).click();
  await page.getByRole("heading", { level: 1, name: /Zeilen geladen/ }).waitFor();
  return 3; // choosing the file, going on, loading
}

/** Accounts of the demo company by what they are needed for. */
export const demoAccounts = {
  officer: { email: "anna.officer@nordhafen-technik.example", password: "nordhafen-officer" },
  leader: { email: "henrik.leader@nordhafen-technik.example", password: "nordhafen-leader" },
  controller: { email: "maike.controller@nordhafen-technik.example", password: "nordhafen-controller" },
  contributor: { email: "ines.contributor@nordhafen-technik.example", password: "nordhafen-contributor" },
  admin: { email: "jonas.admin@nordhafen-technik.example", password: "nordhafen-admin" },
  viewer: { email: "karin.viewer@nordhafen-technik.example", password: "nordhafen-viewer" },
};

/** Sets language and scheme as the person's preference, then signs in through the page, which adopts them. */
export async function signIn(
  page: Page,
  server: Server,
  account: { email: string; password: string },
  sight: { scheme: "light" | "dark"; lang: "de" | "en" },
): Promise<void> {
  await page.goto(`${server.url}/anmelden`);
  const statuses = await page.evaluate(
    async ({ account, preferences }) => {
      const send = async (method: string, path: string, csrf: string, body?: object) =>
        (
          await fetch(`/api/v1${path}`, {
            method,
            headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
            body: body && JSON.stringify(body),
          })
        ).status;
      const csrf = async () => (await (await fetch("/api/v1/session")).json()).csrf as string;
      return [
        await send("POST", "/session", "", account),
        await send("PUT", "/session/preferences", await csrf(), preferences),
        await send("DELETE", "/session", await csrf()),
      ];
    },
    { account, preferences: { scheme: sight.scheme, lang: sight.lang } },
  );
  if (statuses.some((status) => status >= 300)) throw new Error(`preferences: ${statuses}`);
  await page.goto(`${server.url}/anmelden`);
  await page.locator("input[type=email]").fill(account.email);
  await page.locator("input[type=password]").fill(account.password);
  await page.locator("button[type=submit]").click();
  await page.waitForURL(`${server.url}/`);
  await page.waitForFunction(
    ({ scheme, lang }) =>
      document.documentElement.lang.startsWith(lang) &&
      document.documentElement.getAttribute("data-mantine-color-scheme") === scheme,
    sight,
  );
}

/** Waits until the page shows its content: a heading is there, nothing is loading, no request is under way. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  // The gallery of parts shows the loading state itself.
  await page.waitForFunction(
    () => location.pathname === "/bausteine" || !document.querySelector("[aria-busy=true], [data-loading=true]"),
  );
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready);
}

/** Presses Tab until the focused element's name or text matches. */
export async function tabTo(page: Page, name: RegExp, most = 120): Promise<void> {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const el = document.activeElement;
      if (!el) return "";
      const labels = (el as HTMLInputElement).labels;
      return [el.getAttribute("aria-label"), labels?.length ? labels[0]?.textContent : "", el.textContent]
        .filter(Boolean)
        .join(" | ");
    });
    if (name.test(focused)) return;
  }
  throw new Error(`Tab never reached ${name}`);
}
