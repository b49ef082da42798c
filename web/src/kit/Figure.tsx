import type { ReactElement, ReactNode } from "react";
import classes from "./Figure.module.css";
import type { Quantity } from "./format";

/**
 * A figure: number, unit 4 px behind it, and below what makes it readable (interval, n, period). Size 28 by default, 44
 * for the one number of a proof page.
 */
export function Figure({
  value,
  caption,
  large = false,
  small = false,
}: {
  value: Quantity;
  caption?: ReactNode;
  large?: boolean;
  small?: boolean;
}): ReactElement {
  return (
    <div className={classes.figure} data-size={large ? "large" : small ? "small" : "normal"}>
      <span className={classes.line}>
        <span className={classes.number}>{value.text}</span>
        {value.unit ? <span className={classes.unit}>{value.unit}</span> : null}
      </span>
      {caption ? <span className={classes.caption}>{caption}</span> : null}
    </div>
  );
}
