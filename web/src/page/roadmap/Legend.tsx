import type { ReactElement } from "react";
import { stageLook } from "@/chart/gantt/Bar";
import { useHatch } from "@/chart/Hatch";
import { m } from "@/paraglide/messages";
import classes from "./roadmap.module.css";
import type { Option } from "./words";

/** How the stages that are shown look, and what else is drawn. */
export function Legend({
  stages,
  used,
  plan,
}: {
  stages: readonly Option[];
  used: readonly string[];
  plan: boolean;
}): ReactElement {
  const { defs, fill } = useHatch();
  return (
    <ul className={classes.legend}>
      {stages
        .filter((one) => used.includes(one.value))
        .map((one) => (
          <li key={one.value}>
            <svg width={26} height={14} aria-hidden="true">
              {defs}
              <rect x={1} y={2} width={24} height={10} rx={3} strokeWidth={1.5} {...stageLook(one.value, fill)} />
            </svg>
            {one.title}
          </li>
        ))}
      <li>
        <svg width={8} height={14} aria-hidden="true">
          <rect x={2} y={0} width={3} height={14} fill="var(--lo-signal)" />
        </svg>
        {m.roadmap_legend_live()}
      </li>
      <li>
        <svg width={14} height={14} aria-hidden="true">
          <path d="M7 2l5 5-5 5-5-5Z" fill="var(--lo-paper)" stroke="var(--lo-ink)" strokeWidth={1.5} />
        </svg>
        {m.roadmap_legend_milestone()}
      </li>
      {plan ? (
        <li>
          <svg width={26} height={14} aria-hidden="true">
            <rect x={0} y={6} width={26} height={3} fill="var(--lo-ink-3)" />
          </svg>
          {m.roadmap_legend_plan()}
        </li>
      ) : null}
      <li>
        <svg width={26} height={14} aria-hidden="true">
          <path d="M0 7H20" stroke="var(--lo-ink-3)" strokeWidth={1.25} />
          <path d="M26 7l-6-3.5v7Z" fill="var(--lo-ink-3)" />
        </svg>
        {m.roadmap_legend_wait()}
      </li>
      <li>
        <svg width={26} height={14} aria-hidden="true">
          <path d="M0 7H20" stroke="var(--lo-bad)" strokeWidth={2} strokeDasharray="5 3" />
          <path d="M26 7l-6-3.5v7Z" fill="var(--lo-bad)" />
        </svg>
        {m.roadmap_legend_broken()}
      </li>
    </ul>
  );
}
