import { render, waitFor } from "@testing-library/react";
import { type ReactElement, useRef } from "react";
import { expect, it } from "vitest";
import { useKeptFocus } from "./useKeptFocus";

function Page({ gone = false, busy = false }: { gone?: boolean; busy?: boolean }): ReactElement {
  const main = useRef<HTMLElement>(null);
  useKeptFocus(main);
  return (
    <main ref={main} tabIndex={-1}>
      <div data-testid="around">
        {gone ? null : (
          <button type="button" disabled={busy}>
            Freigeben
          </button>
        )}
      </div>
    </main>
  );
}

it("gives the focus of a button that vanished to what stood around it, until it goes on", async () => {
  const { getByRole, getByTestId, rerender } = render(<Page />);
  getByRole("button").focus();
  rerender(<Page gone />);
  const around = getByTestId("around");
  await waitFor(() => expect(document.activeElement).toBe(around));
  around.blur();
  expect(around.hasAttribute("tabindex")).toBe(false);
});

it("gives the focus back to a button that was shut while it worked", async () => {
  const { getByRole, rerender } = render(<Page />);
  const button = getByRole("button");
  button.focus();
  rerender(<Page busy />);
  await Promise.resolve();
  button.blur(); // as browsers do at the next frame
  rerender(<Page />);
  await waitFor(() => expect(document.activeElement).toBe(button));
});

it("leaves alone who gave the focus up", async () => {
  const { getByRole, rerender } = render(<Page />);
  getByRole("button").focus();
  getByRole("button").blur();
  await Promise.resolve();
  rerender(<Page busy />);
  await Promise.resolve();
  rerender(<Page />);
  await new Promise((done) => requestAnimationFrame(done));
  expect(document.activeElement).toBe(document.body);
});
