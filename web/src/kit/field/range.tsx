import type { FieldInfo } from "@/api/types/register";
import { m } from "@/paraglide/messages";
import type { FieldType, InputProps } from "./field";
import classes from "./field.module.css";
import { numberFilter, numbersText } from "./filters";
import { NumberBox, numberProblem, numberText } from "./NumberBox";
import { Group } from "./shell";

const parts = ["min", "likely", "max"] as const;

type Spread = Partial<Record<(typeof parts)[number], unknown>>;

function read(value: unknown): Spread {
  return value && typeof value === "object" ? (value as Spread) : {};
}

const word = (part: (typeof parts)[number]): string =>
  part === "min" ? m.register_min() : part === "likely" ? m.register_likely() : m.register_max();

function Input({ field, value, onChange, problems, plain, autoFocus }: InputProps) {
  const spread = read(value);
  return (
    <Group field={field} plain={plain} problems={problems}>
      <div className={classes.triple}>
        {parts.map((part) => (
          <NumberBox
            key={part}
            label={word(part)}
            unit={field.unit}
            error={problems?.[`.${part}`]}
            autoFocus={autoFocus && part === "min"}
            value={spread[part]}
            onChange={(next) => {
              const kept = Object.fromEntries(
                Object.entries({ ...spread, [part]: next }).filter(([, one]) => one !== undefined),
              );
              onChange(Object.keys(kept).length === 0 ? undefined : kept);
            }}
          />
        ))}
      </div>
    </Group>
  );
}

function textOf(field: FieldInfo, value: unknown): string {
  const { min, likely, max } = read(value);
  if (likely === undefined) return "";
  const unit = field.unit ? `\u00A0${field.unit}` : "";
  return `${numberText(likely)}${unit} (${m.kit_range({ low: numberText(min), high: numberText(max) })})`;
}

/** An uncertain number: lowest, likely and highest value. */
export const range: FieldType = {
  column: "number",
  text: textOf,
  cell: (field, value) => (value === undefined ? null : textOf(field, value)),
  read: textOf,
  file: textOf,
  Input,
  check: (_, value) => {
    const spread = read(value);
    const out: Record<string, string> = {};
    for (const part of parts) {
      const wrong = numberProblem(spread[part]);
      if (wrong) out[`.${part}`] = wrong;
    }
    const [min, likely, max] = parts.map((part) =>
      typeof spread[part] === "number" ? (spread[part] as number) : null,
    );
    if (min !== null && likely !== null && min !== undefined && likely !== undefined && min > likely)
      out[".min"] = m.register_min_above();
    if (max !== null && likely !== null && max !== undefined && likely !== undefined && max < likely)
      out[".max"] = m.register_max_below();
    return out;
  },
  Filter: numberFilter(({ field }) => field.unit),
  filterText: (field, values) => numbersText(values, field.unit),
};
