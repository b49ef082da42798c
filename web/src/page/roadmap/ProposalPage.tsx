import { Button, Checkbox, NumberInput, Select } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { type ApiError, asApiError, type Job, send, useGet } from "@/api";
import type { Basis, Candidate, Proposal } from "@/api/types/roadmap";
import { AppLink, Empty, Failed, JobProgress, Loading, PageTitle, RemarkList, Section, usePageName } from "@/kit";
import { currencySign, date, int, moneyText } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { getLocale } from "@/paraglide/runtime";
import { DoneLine } from "./DoneLine";
import { Outcome } from "./Outcome";
import classes from "./roadmap.module.css";
import { useMoves } from "./useMoves";

interface Rule {
  mandatory?: boolean;
  earliest?: string;
  latest?: string;
}

/** What the limits of the form are before anybody changes them. */
interface Limits {
  budgets: Record<string, number | string>;
  functions: Record<string, number | string>;
  rules: Record<string, Rule>;
}

const horizons = [4, 8, 12, 16, 20];

/** Asks for a plan within limits, shows what it is worth and why something is not in it, and adopts it. */
export default function ProposalPage(): ReactElement {
  const [quarters, setQuarters] = useState(8);
  const query = useGet("/roadmap/proposal", { query: { quarters } });
  usePageName(m.roadmap_to_proposal());
  if (query.error && !query.data) return <Failed error={query.error} onRetry={() => void query.refetch()} page />;
  if (!query.data) return <Loading height={640} text={m.roadmap_proposal_loading()} />;
  return <Form basis={query.data} quarters={quarters} setQuarters={setQuarters} />;
}

function Form({
  basis,
  quarters,
  setQuarters,
}: {
  basis: Basis;
  quarters: number;
  setQuarters: (n: number) => void;
}): ReactElement {
  const [limits, setLimits] = useState<Limits>({ budgets: {}, functions: {}, rules: {} });
  const [job, setJob] = useState("");
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const moves = useMoves();
  const candidates = basis.candidates ?? [];
  const run = async (): Promise<void> => {
    setProblem(null);
    setProposal(null);
    try {
      const made = await send<Job>("post", "/roadmap/proposal", { body: bodyOf(basis, limits, quarters) });
      setJob(made.id);
    } catch (error) {
      setProblem(asApiError(error));
    }
  };
  return (
    <div className={classes.page}>
      <PageTitle actions={<AppLink href="/fahrplan">{m.roadmap_proposal_back()}</AppLink>}>
        {m.roadmap_proposal_question()}
      </PageTitle>
      {candidates.length === 0 ? (
        <Empty title={m.roadmap_proposal_none()} text={m.roadmap_proposal_none_text()} />
      ) : (
        <>
          <Bounds basis={basis} limits={limits} setLimits={setLimits} quarters={quarters} setQuarters={setQuarters} />
          <Candidates basis={basis} limits={limits} setLimits={setLimits} />
          <div className={`${classes.run} lo-no-print`}>
            <Button onClick={() => void run()} disabled={job !== "" && !proposal && !problem}>
              {m.roadmap_proposal_run()}
            </Button>
          </div>
        </>
      )}
      {problem ? <Failed error={problem} /> : null}
      {job && !proposal && !problem ? (
        <JobProgress
          key={job}
          id={job}
          onDone={(done) => {
            setProposal(done.output as Proposal);
            setJob("");
          }}
          onRepeat={setJob}
          onCancelled={() => setJob("")}
        />
      ) : null}
      <DoneLine moves={moves} />
      {proposal ? <Outcome proposal={proposal} basis={basis} moves={moves} /> : null}
      {(basis.left ?? []).length > 0 && !proposal ? (
        <Section title={`${m.roadmap_proposal_lacks()} · ${int((basis.left ?? []).length)}`}>
          <ul className={classes.list}>
            {(basis.left ?? []).map((one) => (
              <li key={one.id}>
                <AppLink href={`/register/initiative/${one.id}`}>{one.title}</AppLink>
                <span className={classes.note}>{(one.lacks ?? []).join("; ")}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <RemarkList remarks={proposal?.remarks ?? basis.remarks} />
    </div>
  );
}

/** The years of the horizon with the currency of their budgets. */
function yearsOf(basis: Basis): { key: string; year: number; currency: string; amount: number | undefined }[] {
  const years = [...new Set((basis.quarters ?? []).map((q) => Number(q.from.slice(0, 4))))];
  const kept = basis.budgets ?? [];
  const currency = kept[0]?.amount.currency ?? basis.candidates?.[0]?.worth.currency ?? "EUR";
  return years.map((year) => {
    const frame = kept.find((one) => one.year === year && one.amount.currency === currency);
    return { key: `${year}`, year, currency, amount: frame ? Number(frame.amount.amount) : undefined };
  });
}

function bodyOf(basis: Basis, limits: Limits, quarters: number): object {
  const budgets = yearsOf(basis).flatMap((one) => {
    const amount = limits.budgets[one.key] ?? one.amount;
    if (amount === undefined || amount === "") return [];
    return [{ year: one.year, amount: { amount: Number(amount).toFixed(2), currency: one.currency } }];
  });
  const functions = (basis.functions ?? []).flatMap((one) => {
    const days = limits.functions[one.id] ?? one.days;
    return days === null || days === "" ? [] : [{ id: one.id, days: [Number(days)] }];
  });
  const rules = Object.entries(limits.rules).map(([id, rule]) => ({ id, ...rule }));
  return { quarters, budgets, functions, rules };
}

interface Parts {
  basis: Basis;
  limits: Limits;
  setLimits: (limits: Limits) => void;
}

function Bounds({
  basis,
  limits,
  setLimits,
  quarters,
  setQuarters,
}: Parts & { quarters: number; setQuarters: (n: number) => void }): ReactElement {
  return (
    <Section title={m.roadmap_proposal_limits()} first>
      <div className={classes.limits}>
        <Select
          label={`${m.roadmap_proposal_horizon()}, ${m.roadmap_proposal_from({ quarter: basis.quarters?.[0]?.label ?? "" })}`}
          data={horizons.map(String)}
          value={String(quarters)}
          allowDeselect={false}
          onChange={(value) => setQuarters(Number(value))}
        />
        {yearsOf(basis).map((one) => (
          <NumberInput
            key={one.key}
            label={m.roadmap_proposal_budget({ year: String(one.year), currency: currencySign(one.currency) })}
            min={0}
            max={1e12}
            hideControls
            thousandSeparator={getLocale() === "de" ? "." : ","}
            decimalSeparator={getLocale() === "de" ? "," : "."}
            value={limits.budgets[one.key] ?? one.amount ?? ""}
            onChange={(value) => setLimits({ ...limits, budgets: { ...limits.budgets, [one.key]: value } })}
          />
        ))}
        {(basis.functions ?? []).map((one) => (
          <NumberInput
            key={one.id}
            label={m.roadmap_proposal_function({ name: one.name })}
            min={0}
            max={1e5}
            hideControls
            decimalSeparator={getLocale() === "de" ? "," : "."}
            thousandSeparator={getLocale() === "de" ? "." : ","}
            value={limits.functions[one.id] ?? one.days ?? ""}
            onChange={(value) => setLimits({ ...limits, functions: { ...limits.functions, [one.id]: value } })}
          />
        ))}
      </div>
    </Section>
  );
}

function Candidates({ basis, limits, setLimits }: Parts): ReactElement {
  const list = basis.candidates ?? [];
  const change = (id: string, rule: Rule): void =>
    setLimits({ ...limits, rules: { ...limits.rules, [id]: { ...limits.rules[id], ...rule } } });
  const options = [
    { value: "", label: m.roadmap_proposal_any() },
    ...(basis.quarters ?? []).map((q) => ({ value: q.from, label: q.label })),
  ];
  const running = basis.running ?? [];
  return (
    <Section title={m.roadmap_proposal_candidates({ n: list.length, count: int(list.length) })}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.scroll} aria-label={m.roadmap_col_initiative()} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{m.roadmap_col_initiative()}</th>
              <th scope="col">{m.roadmap_col_start()}</th>
              <th scope="col" data-number>
                {m.roadmap_proposal_lasts()}
              </th>
              <th scope="col" data-number>
                {m.roadmap_proposal_worth()}
              </th>
              <th scope="col">{m.roadmap_proposal_mandatory()}</th>
              <th scope="col">{m.roadmap_proposal_earliest()}</th>
              <th scope="col">{m.roadmap_proposal_latest()}</th>
            </tr>
          </thead>
          <tbody>
            {list.map((one) => (
              <Row key={one.id} one={one} rule={limits.rules[one.id] ?? {}} options={options} change={change} />
            ))}
          </tbody>
        </table>
      </section>
      {running.length > 0 ? (
        <p className={classes.note}>
          {m.roadmap_proposal_running({ titles: running.map((one) => one.title).join(", ") })}
        </p>
      ) : null}
    </Section>
  );
}

function Row({
  one,
  rule,
  options,
  change,
}: {
  one: Candidate;
  rule: Rule;
  options: { value: string; label: string }[];
  change: (id: string, rule: Rule) => void;
}): ReactElement {
  return (
    <tr>
      <td>
        <AppLink href={`/register/initiative/${one.id}`}>{one.title}</AppLink>
      </td>
      <td>{date(one.start)}</td>
      <td data-number>{m.roadmap_proposal_quarters({ n: one.lasts, count: int(one.lasts) })}</td>
      <td
        data-number
        title={one.source === "case" ? m.roadmap_proposal_source_case() : m.roadmap_proposal_source_estimate()}
      >
        {moneyText(Number(one.worth.amount), one.worth.currency)}
      </td>
      <td>
        <Checkbox
          aria-label={m.roadmap_proposal_mandatory_of({ title: one.title })}
          checked={rule.mandatory ?? one.mandatory}
          onChange={(event) => change(one.id, { mandatory: event.currentTarget.checked })}
        />
      </td>
      <td>
        <Select
          aria-label={m.roadmap_proposal_earliest_of({ title: one.title })}
          data={options}
          value={rule.earliest ?? ""}
          allowDeselect={false}
          onChange={(value) => change(one.id, { earliest: value || undefined })}
        />
      </td>
      <td>
        <Select
          aria-label={m.roadmap_proposal_latest_of({ title: one.title })}
          data={options}
          value={rule.latest ?? ""}
          allowDeselect={false}
          onChange={(value) => change(one.id, { latest: value || undefined })}
        />
      </td>
    </tr>
  );
}
