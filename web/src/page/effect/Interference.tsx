import type { ReactElement } from "react";
import type { EffectOne } from "@/api/types/effect";
import { AppLink, Section } from "@/kit";
import { date } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./effect.module.css";

/** Other initiatives and events that may have moved the metric in or near the window. */
export function Interference({ list }: { list: EffectOne["interference"] }): ReactElement {
  return (
    <Section title={m.effect_interference()}>
      {list.length === 0 ? (
        <p className={classes.quiet}>{m.effect_interference_none()}</p>
      ) : (
        <ul className={classes.events}>
          {list.map((one) => (
            <li key={one.day + one.text}>
              <span className={classes.day}>{date(one.day)}</span>
              {one.initiative ? (
                <AppLink href={`/vorhaben/${one.initiative}`}>{one.text}</AppLink>
              ) : (
                <span>{one.text}</span>
              )}
              {one.happened ? null : <span className={classes.quiet}>{m.effect_interference_planned()}</span>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
