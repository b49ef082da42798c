import type { ReactElement, ReactNode } from "react";
import { m } from "@/paraglide/messages";
import classes from "./FilterChips.module.css";
import { int } from "./format";
import { Icon } from "./Icon";

export interface FilterChip {
  id: string;
  label: string;
  /** How much is left after this filter; the last one is the answer. */
  count?: number | null;
}

/** The filters of a page as a chain: everything, then each filter with what it leaves. add is the button for more. */
export function FilterChips({
  all,
  chips,
  onRemove,
  add,
}: {
  all?: { label: string; count?: number | null };
  chips: readonly FilterChip[];
  onRemove: (id: string) => void;
  add?: ReactNode;
}): ReactElement {
  return (
    <ul className={classes.chain} aria-label={m.kit_filters()}>
      {all ? (
        <li className={classes.all}>
          {all.label}
          {all.count === undefined ? null : <span className={classes.count}>{int(all.count)}</span>}
        </li>
      ) : null}
      {chips.map((chip, index) => (
        <li key={chip.id} className={classes.step}>
          {all || index > 0 ? (
            <span className={classes.arrow}>
              <Icon name="right" size={12} />
            </span>
          ) : null}
          <span className={classes.chip}>
            <span className={classes.label}>{chip.label}</span>
            {chip.count === undefined ? null : (
              <span className={classes.count} data-last={index === chips.length - 1 || undefined}>
                {int(chip.count)}
              </span>
            )}
            <button
              type="button"
              className={classes.remove}
              aria-label={m.kit_filter_remove({ name: chip.label })}
              onClick={() => onRemove(chip.id)}
            >
              <Icon name="close" size={12} />
            </button>
          </span>
        </li>
      ))}
      {add ? <li className="lo-no-print">{add}</li> : null}
    </ul>
  );
}
