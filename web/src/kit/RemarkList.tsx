import type { ReactElement } from "react";
import type { Remark } from "@/api/types/base";
import { m } from "@/paraglide/messages";
import { AppLink } from "./AppLink";
import classes from "./RemarkList.module.css";
import { StatusMark } from "./StatusMark";

/** The remarks beside an answer, each with the way to mend it where there is one. */
export function RemarkList({ remarks }: { remarks: readonly Remark[] | null | undefined }): ReactElement | null {
  if (!remarks || remarks.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={m.kit_remarks()}>
      {remarks.map((remark) => (
        <li key={remark.code + remark.text} className={classes.remark}>
          <StatusMark status="note" quiet />
          <span>
            {remark.text}
            {remark.link ? (
              <>
                {" "}
                <AppLink href={remark.link}>{m.kit_mend()}</AppLink>
              </>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
