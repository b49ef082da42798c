import { describe, expect, it } from "vitest";
import { initials } from "@/kit/initials";
import { passwordStrength } from "@/page/auth/AuthParts";
import { returnTo } from "@/page/auth/SignInPage";
import { crumbsOf, entryOf, route, routeWith } from "./pages";

describe("crumbs", () => {
  it("name step, page and what the page called itself", () => {
    expect(crumbsOf("/prozesse/o2c", "Auftrag bis Zahlung").map((crumb) => crumb.label)).toEqual([
      "Messen",
      "Prozesse",
      "Auftrag bis Zahlung",
    ]);
    expect(crumbsOf("/", "")).toEqual([{ label: "Lage" }]);
    expect(crumbsOf("/einstellungen/annahmen", "")).toEqual([{ label: "Einstellungen", href: "/einstellungen" }]);
    expect(crumbsOf("/gibtsnicht", "")).toEqual([]);
  });
  it("do not take a longer name for a page", () => expect(entryOf("/datenschutz").page).toBeUndefined());
  it("hold only what is built", () =>
    expect(route.flatMap((step) => step.pages.map((page) => page.href))).toEqual([
      "/prozesse",
      "/kennzahlen",
      "/daten",
      "/befunde",
      "/fahrplan",
      "/wirkung",
      "/abschluesse",
      "/beitrag",
    ]));
  it("leave out figures for those who read none", () =>
    expect(routeWith([], false).flatMap((step) => step.pages.map((page) => page.href))).toEqual(["/fahrplan"]));
});

describe("after signing in", () => {
  it.each([
    ["?weiter=%2Fprozesse%2Fo2c%3Ftab%3Dvarianten", "/prozesse/o2c?tab=varianten"],
    ["", "/"],
    ["?weiter=https%3A%2F%2Fboese.example", "/"],
    ["?weiter=%2F%2Fboese.example", "/"],
    ["?weiter=%2Fanmelden", "/"],
  ])("%s leads to %s", (search, path) => expect(returnTo(search)).toBe(path));
});

it("takes two letters of a name", () => {
  expect(initials("Karla Brandt")).toBe("KB");
  expect(initials("Jonas von Albers")).toBe("JA");
  expect(initials("officer@nordhafen.example")).toBe("OE");
  expect(initials("Lotse")).toBe("LO");
});

it("rates passwords by length and variety", () => {
  expect(passwordStrength("")).toBe(0);
  expect(passwordStrength("kurz")).toBe(1);
  expect(passwordStrength("aaaaaaaaaaaaaaaaaaaa")).toBe(1);
  expect(passwordStrength("nordhafentechnik")).toBe(3);
  expect(passwordStrength("Nordhafen-2026-Technik")).toBe(4);
});
