import { useState } from "react";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { sectionColour } from "./colour";
import styles from "./variants.module.css";

const FIRST = 12;

/** The steps of a variant as chevrons in the colour of their section; long ones show their first steps. */
export function Chevrons({
  activities,
  of,
  sections,
  short,
}: {
  activities: string[];
  of?: string[];
  sections: string[];
  short: Map<string, string>;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? activities : activities.slice(0, FIRST);
  return (
    <ol className={styles.chevrons} data-all={all || undefined}>
      {shown.map((name, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step can stand twice in a variant
        <li key={i} title={name} style={{ "--section": sectionColour(of?.[i] ?? "", sections) } as React.CSSProperties}>
          <span>{short.get(name) ?? name}</span>
        </li>
      ))}
      {activities.length > FIRST && !all && (
        <li className={styles.more}>
          <button type="button" onClick={() => setAll(true)}>
            {m.process_variants_more_steps({ n: int(activities.length - FIRST) })}
          </button>
        </li>
      )}
    </ol>
  );
}
