import { expect, it } from "vitest";
import { draw } from "@/test/draw";
import Markdown from "./Markdown";
import { safe } from "./parse";

it("draws what people write", () => {
  const { container } = draw(
    <Markdown
      text={
        "# Ziel\n\n**Weniger** *Wartezeit* in `AB-1`\nzweite Zeile\n\n- eins\n- zwei\n  - innen\n\n1. erst\n2. dann\n\n> gesagt\n\n---\n\n[Lotse](https://lotse.dev) und [hier](/register/risk)"
      }
    />,
  );
  expect(container.querySelector("strong")?.textContent).toBe("Weniger");
  expect(container.querySelector("em")?.textContent).toBe("Wartezeit");
  expect(container.querySelector("code")?.textContent).toBe("AB-1");
  expect(container.querySelectorAll("br")).toHaveLength(1);
  expect([...container.querySelectorAll("ul li")].map((li) => li.textContent)).toEqual(["eins", "zweiinnen", "innen"]);
  expect(container.querySelectorAll("ol li")).toHaveLength(2);
  expect(container.querySelector("blockquote")?.textContent).toBe("gesagt");
  expect(container.querySelectorAll("hr")).toHaveLength(1);
  expect([...container.querySelectorAll("a")].map((a) => a.getAttribute("href"))).toEqual([
    "https://lotse.dev",
    "/register/risk",
  ]);
});

it.each([
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "[klick](javascript:alert(1))",
  "[klick](JaVaScRiPt:alert(1))",
  "[klick](data:text/html,<script>alert(1)</script>)",
  "[klick](//boese.example)",
  "[klick](/\\boese.example)",
  "<a href='javascript:alert(1)'>x</a>",
  '**<svg onload="alert(1)">**',
])("makes nothing of %s", (text) => {
  const { container } = draw(<Markdown text={text} />);
  expect(container.querySelector("script,img,svg,iframe")).toBeNull();
  expect([...container.querySelectorAll("a")].filter((a) => !safe(a.getAttribute("href") ?? ""))).toEqual([]);
  expect(container.innerHTML).not.toMatch(/href="(javascript|data):/i);
});

it("ends on nonsense", () => {
  for (const text of ["*".repeat(5000), "> ".repeat(500), `${"- ".repeat(300)}x`, "[".repeat(3000), "`".repeat(3001)])
    expect(draw(<Markdown text={text} />).container.textContent).toBeDefined();
});
