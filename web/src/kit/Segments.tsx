import { type ReactElement, useId } from "react";
import classes from "./Segments.module.css";

export interface Segment<V extends string> {
  value: V;
  label: string;
  disabled?: boolean;
  reason?: string;
}

/** A choice of few, side by side: a group of radio buttons that looks like segments. */
export function Segments<V extends string>({
  label,
  value,
  options,
  onChange,
  showLabel = false,
}: {
  label: string;
  value: V;
  options: readonly Segment<V>[];
  onChange: (value: V) => void;
  showLabel?: boolean;
}): ReactElement {
  const name = useId();
  return (
    <fieldset className={classes.field}>
      <legend className={showLabel ? classes.legend : "lo-sr"}>{label}</legend>
      <div className={classes.segments}>
        {options.map((option) => (
          <label
            key={option.value}
            className={classes.segment}
            data-disabled={option.disabled || undefined}
            title={option.disabled ? option.reason : undefined}
          >
            <input
              type="radio"
              className="lo-sr"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            <span className={classes.text}>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
