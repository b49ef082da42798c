import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { Icon, StatusMark } from "@/kit";
import { m } from "@/paraglide/messages";
import classes from "./roadmap.module.css";
import type { Moves } from "./useMoves";

/** What was just done, with the way back, or why it was not done. */
export function DoneLine({ moves }: { moves: Moves }): ReactElement {
  return (
    <div className={`${classes.done} lo-no-print`}>
      {moves.problem ? (
        <p role="alert" className={classes.problem}>
          <StatusMark status="missed" quiet word={m.kit_error()} />
          {[moves.problem.message, moves.problem.hint, ...moves.problem.fields.map((field) => field.text)]
            .filter(Boolean)
            .join(" ")}
        </p>
      ) : null}
      <p role="status">{moves.done?.text ?? ""}</p>
      {moves.done && moves.done.records.length > 0 ? (
        <Button variant="default" size="xs" leftSection={<Icon name="undo" />} onClick={() => void moves.undo()}>
          {m.roadmap_undo()}
        </Button>
      ) : null}
    </div>
  );
}
