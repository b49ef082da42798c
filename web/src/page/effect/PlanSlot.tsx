import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useGet } from "@/api";
import { AppLink, Loaded, Section, StatusMark } from "@/kit";
import { useKind } from "@/page/register/data";
import { m } from "@/paraglide/messages";
import { closingWord } from "./closingWord";
import classes from "./effect.module.css";
import { ProvabilityPart } from "./ProvabilityPart";
import { useProvability } from "./useProvability";
import { changeText, effectScale, verdictStatus, verdictWord, worthText } from "./words";

interface Props {
  initiative: string;
  /** Metric and process in question while there is no plan. */
  metric?: string;
  process?: string;
}

/** The effect plans of an initiative with what is measured; without one, whether it could be proven. */
export function PlanSlot({ initiative, metric, process }: Props): ReactElement | null {
  const { kind } = useKind("effect_plan");
  const query = useGet("/effects", {}, { enabled: Boolean(kind), retry: false });
  const navigate = useNavigate();
  if (!kind) return null;
  const draft = kind.may.includes("create") ? (
    <Button variant="default" onClick={() => void navigate({ to: "/wirkung/neu", search: { initiative } as never })}>
      {m.effect_new_begin()}
    </Button>
  ) : undefined;
  return (
    <Section title={m.effect_slot_title()} actions={draft} id="wirkung">
      <Loaded query={query} height={120}>
        {({ items }) => {
          const own = items.filter((item) => item.initiative === initiative);
          if (own.length === 0) return <Unplanned metric={metric} process={process} />;
          return (
            <ul className={classes.plans}>
              {own.map((item) => {
                const scale = effectScale(item, item.expected ?? item.estimate);
                return (
                  <li key={item.plan}>
                    <StatusMark status={verdictStatus(item.verdict)} quiet />
                    <div>
                      <AppLink href={`/wirkung/${item.plan}`}>{item.metric_title}</AppLink>
                      <p className={classes.quiet}>
                        {verdictWord(item.verdict)} · {closingWord(item)}
                      </p>
                    </div>
                    <span className={classes.planFigure}>
                      {item.estimate === null
                        ? m.effect_slot_planned({
                            value: item.expected === null ? "–" : changeText(scale, item.expected),
                          })
                        : changeText(scale, item.estimate)}
                      {item.worth.middle === null ? "" : ` · ${worthText(item.worth.middle, item.worth.unit)}`}
                    </span>
                  </li>
                );
              })}
            </ul>
          );
        }}
      </Loaded>
    </Section>
  );
}

/** What could be proven with the metric; one without a value so far has no history to ask. */
function Unplanned({ metric, process }: { metric?: string; process?: string }): ReactElement {
  const metrics = useGet("/metrics", {}, { enabled: Boolean(metric), retry: false });
  const item = metrics.data?.items.find(
    (one) =>
      one.name === metric && one.state === "known" && (!process || one.process === "" || one.process === process),
  );
  const query = useProvability(item?.name ?? "", item?.process ?? "");
  if (!metric) return <p className={classes.quiet}>{m.effect_slot_no_metric()}</p>;
  const failed = metrics.error ?? query.error;
  if (failed) return <p className={classes.quiet}>{[failed.message, failed.hint].filter(Boolean).join(" ")}</p>;
  if (metrics.data && !item) return <p className={classes.quiet}>{m.effect_slot_unknown()}</p>;
  if (!query.data) return <p className={classes.quiet}>{m.effect_provable_computing()}</p>;
  return <ProvabilityPart answer={query.data} />;
}
