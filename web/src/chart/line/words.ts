import { m } from "@/paraglide/messages";
import type { Band } from "../band";

/** What a target line is to the company. */
export function lineWord(line: Band["line"]): string {
  switch (line) {
    case "plan":
      return m.target_plan();
    case "stretch":
      return m.target_stretch();
    case "contract":
      return m.target_contract();
  }
}
