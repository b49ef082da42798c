import { m } from "@/paraglide/messages";
import { date } from "../format";
import { DayBox, dayProblem } from "./DayBox";
import type { FieldType, InputProps } from "./field";
import classes from "./field.module.css";
import { DayFilter, dayText } from "./filters";
import { Group } from "./shell";

interface Period {
  from?: string;
  to?: string;
}

const iso = /^\d{4}-\d{2}-\d{2}$/;

function read(value: unknown): Period {
  return value && typeof value === "object" ? (value as Period) : {};
}

/** A day some days later; what is no day stays. */
function moved(day: unknown, by: number): unknown {
  if (typeof day !== "string" || !iso.test(day)) return day;
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + by);
  return next.toISOString().slice(0, 10);
}

function Input({ field, value, onChange, problems, plain, autoFocus }: InputProps) {
  const period = read(value);
  const set = (patch: Record<string, unknown>): void => {
    const next = { ...period, ...patch };
    const kept = Object.fromEntries(Object.entries(next).filter(([, day]) => day !== undefined));
    onChange(Object.keys(kept).length === 0 ? undefined : kept);
  };
  return (
    <Group field={field} plain={plain} problems={problems}>
      <div className={classes.pair}>
        <DayBox
          label={m.register_from()}
          error={problems?.[".from"]}
          autoFocus={autoFocus}
          value={period.from}
          onChange={(from) => set({ from })}
        />
        <DayBox
          label={m.register_to()}
          error={problems?.[".to"]}
          edge="last"
          value={moved(period.to, -1)}
          onChange={(to) => set({ to: moved(to, 1) })}
        />
      </div>
    </Group>
  );
}

function textOf(value: unknown): string {
  const { from, to } = read(value);
  if (!from) return "";
  const last = moved(to, -1);
  return typeof last === "string"
    ? m.kit_range({ low: date(from), high: date(last) })
    : m.register_since({ day: date(from) });
}

/** A span of days; its end may be open. It is kept with the day after the last and shown with the last. */
export const period: FieldType = {
  column: "text",
  ops: ["ge", "le", "gt", "lt", "empty", "not_empty"],
  text: (_, value) => textOf(value),
  Input,
  check: (_, value) => {
    const { from, to } = read(value);
    const out: Record<string, string> = {};
    if (dayProblem(from)) out[".from"] = dayProblem(from) ?? "";
    if (dayProblem(to)) out[".to"] = dayProblem(to) ?? "";
    else if (from && to && iso.test(from) && to <= from) out[".to"] = m.register_period_order();
    return out;
  },
  Filter: DayFilter,
  filterText: (_, values) => values.map(dayText).join(", "),
};
