import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { configure, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { answer, draw } from "@/test/draw";
import { Header } from "./Header";

configure({ asyncUtilTimeout: 20_000 }); // the menu is compiled when it is asked for

const session = {
  csrf: "c",
  instance: { demo: false, zone: "Europe/Berlin" },
  user: { email: "k@example.com", name: "Karin Brandt", permissions: [] },
};

it("fetches the menu of the person when somebody goes to it and hands the focus back", async () => {
  const { sent } = answer({
    "GET /session": session,
    "GET /records/kinds": { items: [] },
    "GET /notices/count": { unread: 0 },
    "DELETE /session": {},
  });
  const rootRoute = createRootRoute({ component: () => <Header crumbs={[{ label: "Lage" }]} onSearch={() => {}} /> });
  const router = createRouter({ routeTree: rootRoute, history: createMemoryHistory() });
  draw(<RouterProvider router={router as never} />);
  const button = await screen.findByRole("button", { name: /Menü von Karin Brandt/ });
  expect(screen.queryByRole("menu")).toBeNull();
  fireEvent.click(button);
  const leave = await screen.findByRole("menuitem", { name: "Abmelden" });
  fireEvent.keyDown(leave, { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toContain("Menü von Karin Brandt"));
  fireEvent.click(screen.getByRole("button", { name: /Menü von Karin Brandt/ }));
  fireEvent.click(await screen.findByRole("menuitem", { name: "Abmelden" }));
  await waitFor(() => expect(sent.map((call) => call.key)).toContain("DELETE /session"));
}, 60_000);
