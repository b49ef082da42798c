import { Button } from "@mantine/core";
import { type ReactElement, useState } from "react";
import type { Basis, Proposal } from "@/api/types/roadmap";
import { AppLink, ConfirmDialog, Figure, Section, StatusMark } from "@/kit";
import { date, int, money, moneyText, num, percent } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./roadmap.module.css";
import type { Moves } from "./useMoves";

/** What was found: its worth, how much better a plan could be, what is in it, and why the rest is not. */
export function Outcome({ proposal, basis, moves }: { proposal: Proposal; basis: Basis; moves: Moves }): ReactElement {
  return (
    <>
      <Section title={sentence(proposal)}>
        {proposal.objective !== null ? (
          <div className={classes.figures}>
            <Figure small value={money(proposal.objective, proposal.currency)} caption={m.roadmap_proposal_value()} />
            <Figure small value={money(proposal.bound, proposal.currency)} caption={m.roadmap_proposal_bound()} />
            <Figure small value={{ text: percent(proposal.gap, 2), unit: "" }} caption={m.roadmap_proposal_gap()} />
            <Figure
              small
              value={{ text: m.roadmap_proposal_seconds_of({ n: num(proposal.seconds, 1) }), unit: "" }}
              caption={m.roadmap_proposal_seconds()}
            />
          </div>
        ) : null}
        {proposal.conflict.length > 0 ? (
          <>
            <p className={classes.note}>{m.roadmap_proposal_conflict()}</p>
            <ul className={classes.marks}>
              {proposal.conflict.map((one) => (
                <li key={one.text} className={classes.mark}>
                  <StatusMark status="missed" quiet />
                  {one.text}
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </Section>
      {proposal.chosen.length > 0 ? <Chosen proposal={proposal} basis={basis} moves={moves} /> : null}
      {proposal.left.length > 0 ? (
        <Section title={`${m.roadmap_proposal_left()} · ${int(proposal.left.length)}`}>
          <ul className={classes.marks}>
            {proposal.left.map((one) => (
              <li key={one.id} className={classes.mark}>
                <StatusMark status="open" quiet />
                <span>
                  <AppLink href={`/register/initiative/${one.id}`}>{one.title}</AppLink>{" "}
                  {[...one.reasons, one.change].filter(Boolean).join(" ")}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

function sentence(p: Proposal): string {
  const value = moneyText(p.objective, p.currency);
  if (p.status === "optimal") return m.roadmap_proposal_optimal({ value });
  if (p.status === "feasible") return m.roadmap_proposal_feasible({ value, bound: moneyText(p.bound, p.currency) });
  return m.roadmap_proposal_infeasible();
}

function Chosen({ proposal, basis, moves }: { proposal: Proposal; basis: Basis; moves: Moves }): ReactElement {
  const [asking, setAsking] = useState(false);
  const now = new Map((basis.candidates ?? []).map((one) => [one.id, one]));
  const changed = proposal.chosen.filter((one) => (now.get(one.id)?.start ?? one.before) !== one.start);
  const count = { n: changed.length, count: int(changed.length) };
  const adopt = (): Promise<void> =>
    moves.move(
      changed.map((one) => ({ id: one.id, version: now.get(one.id)?.version ?? one.version, start: one.start })),
      m.roadmap_adopted(count),
    );
  return (
    <Section
      title={`${m.roadmap_proposal_chosen()} · ${int(proposal.chosen.length)}`}
      actions={
        changed.length === 0 ? (
          <span>{m.roadmap_proposal_nothing()}</span>
        ) : (
          <Button onClick={() => setAsking(true)}>{m.roadmap_proposal_adopt()}</Button>
        )
      }
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{m.roadmap_col_quarter()}</th>
            <th scope="col">{m.roadmap_col_initiative()}</th>
            <th scope="col">{m.roadmap_col_start()}</th>
          </tr>
        </thead>
        <tbody>
          {proposal.chosen.map((one) => (
            <tr key={one.id}>
              <td>{one.quarter}</td>
              <td>
                <AppLink href={`/register/initiative/${one.id}`}>{one.title}</AppLink>
              </td>
              <td>
                {date(one.start)} <span className={classes.note}>{before(one)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ConfirmDialog
        opened={asking}
        title={m.roadmap_proposal_adopt_title()}
        confirm={m.roadmap_proposal_adopt()}
        onClose={() => setAsking(false)}
        onConfirm={adopt}
      >
        <p>{m.roadmap_proposal_adopt_text(count)}</p>
      </ConfirmDialog>
    </Section>
  );
}

function before(one: Proposal["chosen"][number]): string {
  if (one.before === "") return m.roadmap_proposal_new();
  return one.before === one.start ? m.roadmap_proposal_same() : m.roadmap_proposal_before({ day: date(one.before) });
}
