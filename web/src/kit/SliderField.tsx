import { Slider } from "@mantine/core";
import { type ReactElement, useEffect, useId, useState } from "react";
import { m } from "@/paraglide/messages";
import { int } from "./format";
import classes from "./SliderField.module.css";

/** A slider with its name at the left and "12 von 33" at the right. onChange comes when the hand lets go. */
export function SliderField({
  label,
  value,
  min = 1,
  max,
  onChange,
  format,
}: {
  label: string;
  value: number;
  min?: number;
  max: number;
  onChange: (value: number) => void;
  format?: (value: number, max: number) => string;
}): ReactElement {
  const id = useId();
  const [moving, setMoving] = useState(value);
  useEffect(() => setMoving(value), [value]);
  const text = format ? format(moving, max) : m.kit_of({ n: int(moving), total: int(max) });
  return (
    <div className={classes.field}>
      <div className={classes.head}>
        <span id={id} className={classes.label}>
          {label}
        </span>
        <span className={classes.value}>{text}</span>
      </div>
      <Slider
        min={min}
        max={Math.max(max, min + 1)}
        disabled={max <= min}
        value={Math.min(moving, Math.max(max, min))}
        label={null}
        thumbProps={{ "aria-labelledby": id, "aria-valuetext": text } as never}
        onChange={setMoving}
        onChangeEnd={onChange}
      />
    </div>
  );
}
