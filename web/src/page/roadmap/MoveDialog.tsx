import { Button, Modal } from "@mantine/core";
import { type FormEvent, type ReactElement, useState } from "react";
import { type ApiError, asApiError } from "@/api";
import type { RoadmapItem } from "@/api/types/roadmap";
import { AppLink } from "@/kit";
import { DayBox, dayProblem } from "@/kit/field/DayBox";
import "@/kit/theme/controls.css";
import { date } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./roadmap.module.css";
import type { Moves } from "./useMoves";

/** The dates of an initiative. What is not touched goes along with the start; what is emptied becomes unknown. */
export function MoveDialog({
  item,
  moves,
  onClose,
}: {
  item: RoadmapItem;
  moves: Moves;
  onClose: () => void;
}): ReactElement {
  const [start, setStart] = useState<unknown>(item.start ?? undefined);
  const [live, setLive] = useState<unknown>(item.go_live ?? undefined);
  const [end, setEnd] = useState<unknown>(item.end ?? undefined);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const said = (field: string): string | undefined => problem?.fields.find((one) => one.field.endsWith(field))?.text;
  const wrong = [start, live, end].some((day) => dayProblem(day));
  const own = (now: unknown, was: string | null): string | undefined =>
    typeof now === "string" && now !== was ? now : undefined;
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (wrong) return;
    const moved = {
      id: item.id,
      version: item.version,
      start: typeof start === "string" ? start : undefined,
      go_live: own(live, item.go_live),
      end: own(end, item.end),
      empty: emptied([
        ["start", start, item.start],
        ["go_live", live, item.go_live],
        ["end", end, item.end],
      ]),
    };
    try {
      await moves.move([moved], doneText(item, start));
      onClose();
    } catch (error) {
      setProblem(asApiError(error));
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={m.roadmap_dialog({ title: item.title })}
      closeButtonProps={{ "aria-label": m.kit_close() }}
    >
      <form className={classes.dialog} noValidate onSubmit={(event) => void save(event)}>
        <DayBox
          label={m.roadmap_col_start()}
          value={start}
          onChange={setStart}
          disabled={!item.may}
          error={dayProblem(start)}
          data-autofocus
        />
        <DayBox
          label={m.roadmap_col_live()}
          value={live}
          onChange={setLive}
          disabled={!item.may}
          error={dayProblem(live) ?? said("go_live")}
        />
        <DayBox
          label={m.roadmap_col_end()}
          value={end}
          onChange={setEnd}
          edge="last"
          disabled={!item.may}
          error={dayProblem(end) ?? said("end")}
        />
        <p className={classes.note}>{item.may ? m.roadmap_dialog_note() : m.roadmap_no_right()}</p>
        {problem && problem.fields.length === 0 ? (
          <p role="alert" className={classes.problem}>
            {[problem.message, problem.hint].filter(Boolean).join(" ")}
          </p>
        ) : null}
        <div className={classes.buttons}>
          <AppLink href={`/register/initiative/${item.id}`}>{m.roadmap_open_record()}</AppLink>
          <Button variant="default" onClick={onClose}>
            {m.kit_cancel()}
          </Button>
          {item.may ? (
            <Button type="submit" disabled={wrong}>
              {m.roadmap_save()}
            </Button>
          ) : null}
        </div>
      </form>
    </Modal>
  );
}

type Dated = [name: "start" | "go_live" | "end", now: unknown, was: string | null];

/** The dates that were known and are empty now. */
function emptied(dates: Dated[]): Dated[0][] | undefined {
  const names = dates.filter(([, now, was]) => now === undefined && was !== null).map(([name]) => name);
  return names.length > 0 ? names : undefined;
}

function doneText(item: RoadmapItem, start: unknown): string {
  if (typeof start !== "string") return m.roadmap_undated_now({ title: item.title });
  if (start !== item.start) return m.roadmap_moved({ title: item.title, day: date(start) });
  return m.roadmap_dates_changed({ title: item.title });
}
