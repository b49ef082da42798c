import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setLocale } from "@/paraglide/runtime";
import * as format from "./format";

function speak(locale: "de" | "en"): void {
  void setLocale(locale, { reload: false });
}

beforeEach(() => speak("de"));
afterEach(() => {
  speak("de");
  format.setZone("Europe/Berlin");
});

describe("numbers", () => {
  it.each([
    [1234.5, 1, "1.234,5"],
    [-2.6, 1, "−2,6"],
    [-0.04, 1, "0,0"],
    [0, 0, "0"],
    [1e6, 0, "1.000.000"],
  ])("%d with %d decimals is %s in German", (value, decimals, text) => expect(format.num(value, decimals)).toBe(text));

  it("writes unknown as a dash, never as zero", () => {
    expect(format.num(null)).toBe("–");
    expect(format.int(undefined)).toBe("–");
    expect(format.percent(Number.NaN)).toBe("–");
    expect(format.durationText(null)).toBe("–");
    expect(format.moneyText(null)).toBe("–");
    expect(format.date("")).toBe("–");
    expect(format.date("no date")).toBe("–");
  });

  it("puts a narrow no-break space before the percent sign in German only", () => {
    expect(format.percent(0.342)).toBe("34,2\u202F%");
    speak("en");
    expect(format.percent(0.342)).toBe("34.2%");
    expect(format.num(1234.5)).toBe("1,234.5");
  });

  it("shows the sign of a change", () => {
    expect(format.signed(0.3)).toBe("+0,3");
    expect(format.signed(-3.3)).toBe("−3,3");
    expect(format.signed(0.01)).toBe("0,0");
  });

  it("writes ranges in words", () => expect(format.range(-3.4, -1.7)).toBe("−3,4 bis −1,7"));
});

describe("durations", () => {
  it.each([
    [45, "45", "Sek."],
    [600, "10", "Min."],
    [3 * 3600, "3,0", "Std."],
    [22 * 3600, "22", "Std."],
    [48 * 3600, "2,0", "Tage"],
    [12.4 * 86400, "12,4", "Tage"],
  ])("%d seconds are %s %s", (seconds, text, unit) => expect(format.duration(seconds)).toEqual({ text, unit }));

  it("keeps a unit that is given", () => expect(format.duration(3600, "d").unit).toBe("Tage"));
  it("is short in narrow places", () => expect(format.durationShort(2 * 86400)).toBe("2,0\u00A0T."));
  it("counts one as one", () => {
    expect(format.age(3600)).toBe("1 Stunde");
    expect(format.age(5 * 3600)).toBe("5 Stunden");
    expect(format.age(20 * 86400)).toBe("20 Tage");
  });
});

describe("money and sizes", () => {
  it.each([
    [318, "318,00\u00A0€"],
    [1284.5, "1.285\u00A0€"],
    [64_000, "64,0\u00A0T€"],
    [142_000, "142\u00A0T€"],
    [1_200_000, "1,2\u00A0Mio. €"],
    [-47_000, "−47,0\u00A0T€"],
  ])("%d is %s", (amount, text) => expect(format.moneyText(amount)).toBe(text));

  it("names other currencies", () => expect(format.moneyText(12, "CHF")).toBe("12,00\u00A0CHF"));
  it("writes bytes in decimal units", () => {
    expect(format.bytes(31_400_000)).toBe("31,4\u00A0MB");
    expect(format.bytes(512)).toBe("512\u00A0Byte");
    expect(format.bytes(999_600)).toBe("1,0\u00A0MB");
  });
  it("sets the unit of the server apart from the number", () => {
    expect(format.quantity(0.5, "share")).toEqual({ text: "50,0", unit: "%" });
    expect(format.quantity(4.25, "number")).toEqual({ text: "4,3", unit: "" });
    expect(format.quantity(20, "count")).toEqual({ text: "20", unit: "" });
    expect(format.quantity(null, "money")).toEqual({ text: "–", unit: "" });
  });
});

describe("dates", () => {
  it("shows instants in the zone of the instance", () => {
    expect(format.dateTime("2026-11-24T05:00:00Z")).toBe("24.11.2026, 06:00");
    format.setZone("UTC");
    expect(format.dateTime("2026-11-24T05:00:00Z")).toBe("24.11.2026, 05:00");
    format.setZone("Nowhere/Else");
    expect(format.dateTime("2026-11-24T05:00:00Z")).toBe("24.11.2026, 06:00");
  });
  it("writes instants for files in the zone of the instance", () => {
    format.setZone("Europe/Berlin");
    expect(format.localIso("2026-09-30T22:00:00Z")).toBe("2026-10-01T00:00:00");
    expect(format.localIso("")).toBe("");
  });
  it("shows a plain day as written, whatever the zone", () => {
    format.setZone("America/Los_Angeles");
    expect(format.date("2026-11-24")).toBe("24.11.2026");
  });
  it("names months and intervals of months", () => {
    expect(format.month("2026-10-01")).toBe("Oktober 2026");
    expect(format.months("2025-10-01", "2026-10-01")).toBe("10/2025 bis 09/2026");
  });
});
