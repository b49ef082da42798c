import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { Lack, Prioritised, Priority } from "@/api/types/initiative";
import {
  AppLink,
  type Column,
  DataTable,
  Empty,
  Loaded,
  PageTitle,
  RemarkList,
  Section,
  Segments,
  SliderField,
  usePageName,
  useSearchState,
} from "@/kit";
import { int, num, percent, range, short } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { initiativeHref, useWords } from "./data";
import classes from "./initiative.module.css";
import { priorityState, weightsText } from "./state";

/** The initiatives in their order, with the weights that make it and how stable it is. */
export default function PriorityPage(): ReactElement {
  usePageName(m.initiative_rank());
  const [state, set] = useSearchState(priorityState);
  const query = useGet("/initiatives/priority", { query: { weights: state.weights } });
  return (
    <Loaded query={query} height={640}>
      {(answer) => {
        const first = answer.items[0];
        return (
          <>
            <PageTitle sub={m.initiative_rank_sub({ draws: int(answer.draws) })}>
              {first
                ? m.initiative_rank_sentence({ title: first.title, share: percent(first.stability, 0) })
                : m.initiative_rank_none()}
            </PageTitle>
            <Weights
              answer={answer}
              onChange={(weights) => set({ weights: weightsText(weights) }, { replace: true })}
            />
            {answer.items.length === 0 ? (
              <Empty title={m.initiative_rank_none()} text={m.initiative_rank_none_text()} />
            ) : (
              <Ranks answer={answer} by={state.by} onBy={(by) => set({ by })} />
            )}
            <Unrated answer={answer} />
            <RemarkList remarks={answer.remarks} />
            <Formulas />
          </>
        );
      }}
    </Loaded>
  );
}

function Weights({
  answer,
  onChange,
}: {
  answer: Priority;
  onChange: (weights: { name: string; weight: number }[]) => void;
}): ReactElement {
  return (
    <fieldset className={classes.weights}>
      <legend className="lo-sr">{m.initiative_weights()}</legend>
      {answer.weights.map((one) => (
        <SliderField
          key={one.name}
          label={one.less ? m.initiative_weight_less({ title: one.title }) : one.title}
          value={Math.round(one.weight)}
          min={0}
          max={100}
          format={(value) => int(value)}
          onChange={(value) => {
            const next = answer.weights.map((w) => (w.name === one.name ? { ...w, weight: value } : w));
            if (next.some((w) => w.weight > 0)) onChange(next);
          }}
        />
      ))}
    </fieldset>
  );
}

type By = "criteria" | "rice" | "wsjf";

/** Likely value of the chosen way to rank; null where an input is missing. */
function likely(row: Prioritised, by: By): number | null {
  return by === "criteria" ? row.score.likely : (row[by]?.likely ?? null);
}

function Ranks({ answer, by, onBy }: { answer: Priority; by: By; onBy: (by: By) => void }): ReactElement {
  const words = useWords("stage");
  const titles = new Map(answer.weights.map((one) => [one.name as string, one.title]));
  const rows = [...answer.items].sort((a, b) => (likely(b, by) ?? -1) - (likely(a, by) ?? -1) || a.rank - b.rank);
  const columns: Column<Prioritised>[] = [
    {
      id: "rank",
      title: m.initiative_col_rank(),
      value: (row) => (likely(row, by) === null ? null : rows.indexOf(row) + 1),
      type: "integer",
      width: 64,
    },
    {
      id: "title",
      title: m.initiative_col_title(),
      value: (row) => row.title,
      tone: "name",
      wrap: true,
      cell: (row) => <AppLink href={initiativeHref(row.id)}>{row.title}</AppLink>,
    },
    { id: "stage", title: m.initiative_col_stage(), value: (row) => words(row.stage) },
    {
      id: "score",
      title: m.initiative_col_score(),
      value: (row) => row.score.likely,
      type: "number",
    },
    {
      id: "range",
      title: m.initiative_col_range(),
      value: (row) => range(row.score.low, row.score.high, (v) => num(v, 0)),
      cell: (row) => <Whisker row={row} />,
    },
    { id: "stability", title: m.initiative_col_stability(), value: (row) => row.stability, type: "percent" },
    { id: "top3", title: m.initiative_col_top3(), value: (row) => row.top3, type: "percent" },
    {
      id: "turn",
      title: m.initiative_col_turn(),
      wrap: true,
      tone: "quiet",
      value: (row) =>
        row.turn
          ? m.initiative_turn({
              title: titles.get(row.turn.name) ?? row.turn.name,
              from: percent(row.turn.from, 0),
              to: percent(row.turn.to, 0),
            })
          : row.rank === answer.items.length
            ? ""
            : m.initiative_turn_none(),
    },
    {
      id: "rice",
      title: "RICE",
      value: (row) => row.rice?.likely ?? null,
      type: "number",
      cell: (row) => <Quotient row={row} of="rice" />,
    },
    {
      id: "wsjf",
      title: "WSJF",
      value: (row) => row.wsjf?.likely ?? null,
      type: "number",
      cell: (row) => <Quotient row={row} of="wsjf" />,
    },
  ];
  return (
    <DataTable
      key={by}
      name={m.initiative_rank()}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      dense
      head={
        <Segments
          label={m.initiative_rank_by()}
          value={by}
          onChange={onBy}
          options={[
            { value: "criteria", label: m.initiative_by_criteria() },
            { value: "rice", label: "RICE" },
            { value: "wsjf", label: "WSJF" },
          ]}
        />
      }
    />
  );
}

function Whisker({ row }: { row: Prioritised }): ReactElement {
  const { low, likely: middle, high } = row.score;
  const text = range(low, high, (v) => num(v, 0));
  return (
    <span className={classes.whisker} role="img" aria-label={text} title={text}>
      <span style={{ left: `${low}%`, width: `${high - low}%` }} />
      <i style={{ left: `calc(${middle}% - 1px)` }} />
    </span>
  );
}

function Quotient({ row, of }: { row: Prioritised; of: "rice" | "wsjf" }): ReactElement {
  const value = row[of];
  if (!value) return <Lacks id={row.id} lacks={of === "rice" ? row.rice_lacks : row.wsjf_lacks} short />;
  return <span title={range(value.low, value.high, (v) => short(v, 1))}>{short(value.likely, 1)}</span>;
}

/** What is missing, with the way to fill it in. */
function Lacks({
  id,
  lacks,
  short: brief = false,
}: {
  id: string;
  lacks: readonly Lack[];
  short?: boolean;
}): ReactElement {
  const names = lacks.map((lack) => lack.title).join(", ");
  return (
    <AppLink href={`/register/initiative/${id}`} title={brief ? m.initiative_lacks({ names }) : undefined}>
      {brief ? m.initiative_unrated() : m.initiative_lacks({ names })}
    </AppLink>
  );
}

function Unrated({ answer }: { answer: Priority }): ReactElement | null {
  if (answer.unrated.length === 0) return null;
  return (
    <Section title={m.initiative_unrated_title()} sub={m.initiative_unrated_sub()}>
      <ul className={classes.rows}>
        {answer.unrated.map((one) => (
          <li key={one.id} className={classes.measured}>
            <AppLink href={initiativeHref(one.id)}>{one.title}</AppLink>
            <Lacks id={one.id} lacks={one.lacks} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Formulas(): ReactElement {
  return (
    <div className={classes.formulas}>
      <p>{m.initiative_formula_criteria()}</p>
      <p>{m.initiative_formula_rice()}</p>
      <p>{m.initiative_formula_wsjf()}</p>
      <p>{m.initiative_formula_turn()}</p>
    </div>
  );
}
