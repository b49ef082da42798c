import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { Initiative } from "@/api/types/initiative";
import type { MetricItem } from "@/api/types/metric";
import { AppLink, Loaded, Section } from "@/kit";
import { months, quantity } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./initiative.module.css";

/** The metrics that shall change, each with what it says now. */
export function Measured({ one }: { one: Initiative }): ReactElement {
  const names = one.value.metrics ?? [];
  const query = useGet("/metrics", {}, { enabled: names.length > 0, retry: false });
  return (
    <Section title={m.initiative_metrics()}>
      {names.length === 0 ? (
        <p className={classes.quiet}>{m.initiative_metrics_none()}</p>
      ) : (
        <Loaded query={query} height={96}>
          {(list) => (
            <ul className={classes.rows}>
              {names.flatMap((name) => {
                const found = list.items.filter((item) => item.name === name && aboutProcess(item, one));
                if (found.length === 0)
                  return [
                    <li key={name}>
                      <span />
                      <div>
                        {name} <small>{m.initiative_metric_unknown()}</small>
                      </div>
                    </li>,
                  ];
                return found.map((item) => <Row key={`${name}/${item.process}`} item={item} />);
              })}
            </ul>
          )}
        </Loaded>
      )}
    </Section>
  );
}

/** Whether a metric is one of a process that the initiative is about. */
export function aboutProcess(item: MetricItem, one: Initiative): boolean {
  const processes = one.value.processes ?? [];
  return !item.process || processes.length === 0 || processes.includes(item.process);
}

function Row({ item }: { item: MetricItem }): ReactElement {
  const now = quantity(item.latest?.value, item.unit, item.currency);
  return (
    <li className={classes.measured}>
      <div>
        <AppLink
          href={`/kennzahlen/${encodeURIComponent(item.name)}${item.process ? `?process=${encodeURIComponent(item.process)}` : ""}`}
        >
          {item.title}
        </AppLink>
        <small>
          {[item.process, item.latest ? months(item.latest.from, item.latest.to) : m.initiative_metric_unknown()]
            .filter(Boolean)
            .join(" · ")}
        </small>
      </div>
      <span className={classes.value}>
        {now.text} <span className={classes.unit}>{now.unit}</span>
      </span>
    </li>
  );
}
