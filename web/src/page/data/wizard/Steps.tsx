import type { ReactElement } from "react";
import { m } from "@/paraglide/messages";
import classes from "./Steps.module.css";
import { type WizardStep, wizardSteps } from "./state";

function stepTitle(step: WizardStep): string {
  switch (step) {
    case "file":
      return m.data_step_file();
    case "map":
      return m.data_step_map();
    case "check":
      return m.data_step_check();
    case "load":
      return m.data_step_load();
  }
}

/** The four steps on one line: done, here, to come. Steps that are done can be opened again. */
export function Steps({ step, onStep }: { step: WizardStep; onStep?: (step: WizardStep) => void }): ReactElement {
  const here = wizardSteps.indexOf(step);
  return (
    <ol className={`${classes.steps} lo-no-print`} aria-label={m.data_steps()}>
      {wizardSteps.map((one, index) => {
        const state = index < here ? "done" : index === here ? "here" : "next";
        const body = (
          <>
            <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
              {state === "done" ? (
                <>
                  <circle cx="9" cy="9" r="9" fill="var(--lo-blue)" />
                  <path d="m5 9.3 2.8 2.8L13 6.6" fill="none" stroke="var(--lo-on-blue)" strokeWidth="1.8" />
                </>
              ) : (
                <circle
                  cx="9"
                  cy="9"
                  r="8"
                  fill="none"
                  stroke={state === "here" ? "var(--lo-blue)" : "var(--lo-control)"}
                  strokeWidth="2"
                />
              )}
              {state === "here" ? <circle cx="9" cy="9" r="4" fill="var(--lo-blue)" /> : null}
            </svg>
            {stepTitle(one)}
            {state === "done" ? <span className="lo-sr"> {m.data_step_done()}</span> : null}
          </>
        );
        return (
          <li key={one} data-state={state} aria-current={state === "here" ? "step" : undefined}>
            {state === "done" && onStep && one !== "file" ? (
              <button type="button" onClick={() => onStep(one)}>
                {body}
              </button>
            ) : (
              <span>{body}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
