import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { EffectItem } from "@/api/types/effect";
import { AppLink, type Column, DataTable, Empty, Loaded, PageTitle, StatusMark, usePageName } from "@/kit";
import { int, monthShort } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { closingWord } from "./closingWord";
import classes from "./effect.module.css";
import { changeText, className, effectScale, planned, verdictStatus, verdictWord, worthText } from "./words";

/** All effect plans with what the facts say of them now. */
export default function EffectListPage(): ReactElement {
  usePageName(m.effect_list_title());
  const query = useGet("/effects");
  return (
    <Loaded query={query} height={560}>
      {({ items }) => <Page items={items} />}
    </Loaded>
  );
}

function Page({ items }: { items: EffectItem[] }): ReactElement {
  const navigate = useNavigate();
  const count = (verdict: string | null): number => items.filter((item) => (item.verdict ?? null) === verdict).length;
  const unsigned = items.filter((item) => item.state === "proposed").length;
  if (items.length === 0)
    return (
      <Empty
        page
        title={m.effect_empty_title()}
        text={m.effect_empty_text()}
        action={<AppLink href="/vorhaben">{m.effect_empty_action()}</AppLink>}
      />
    );
  return (
    <>
      <PageTitle
        due={unsigned > 0 ? m.effect_list_due({ n: unsigned, count: int(unsigned) }) : undefined}
        sub={m.effect_list_sub({
          none: int(count("nicht belegbar") + count("kein Hinweis")),
          running: int(count(null)),
        })}
      >
        {m.effect_list_sentence({ n: count("belegt"), count: int(count("belegt")), all: int(items.length) })}
      </PageTitle>
      <DataTable
        name={m.effect_list_title()}
        columns={columns()}
        rows={items}
        rowKey={(row) => row.plan}
        onOpen={(row) => void navigate({ to: "/wirkung/$plan", params: { plan: row.plan } })}
      />
      <p className={classes.quiet}>{m.effect_list_note()}</p>
    </>
  );
}

function columns(): Column<EffectItem>[] {
  const scaled = (row: EffectItem) => effectScale(row, row.expected ?? row.estimate);
  return [
    {
      id: "verdict",
      title: m.effect_col_verdict(),
      value: (row) => verdictWord(row.verdict),
      width: 150,
      cell: (row) => (
        <span className={classes.verdictCell}>
          <StatusMark status={verdictStatus(row.verdict)} quiet /> {verdictWord(row.verdict)}
        </span>
      ),
    },
    {
      id: "initiative",
      title: m.effect_col_initiative(),
      value: (row) => row.initiative_title || row.title,
      tone: "name",
      wrap: true,
      cell: (row) => <AppLink href={`/wirkung/${row.plan}`}>{row.initiative_title || row.title}</AppLink>,
    },
    { id: "metric", title: m.effect_col_metric(), value: (row) => row.metric_title, wrap: true },
    {
      id: "estimate",
      title: m.effect_col_estimate(),
      type: "number",
      value: (row) => row.estimate,
      cell: (row) => (row.estimate === null ? "–" : changeText(scaled(row), row.estimate)),
    },
    {
      id: "interval",
      title: m.effect_col_interval(),
      value: (row) =>
        row.low === null || row.high === null
          ? ""
          : m.kit_range({ low: scaled(row).bare(row.low), high: scaled(row).bare(row.high) }),
    },
    {
      id: "planned",
      title: m.effect_col_planned(),
      type: "number",
      value: (row) => row.expected,
      cell: (row) => (row.expected === null ? "–" : changeText(scaled(row), row.expected)),
    },
    {
      id: "worth",
      title: m.effect_col_worth(),
      value: (row) => (row.worth.middle === null ? "" : worthText(row.worth.middle, row.worth.unit)),
      cell: (row) =>
        row.worth.middle === null
          ? "–"
          : m.effect_worth_cell({
              worth: worthText(row.worth.middle, row.worth.unit),
              benefit: className(row.worth.class),
            }),
      wrap: true,
    },
    { id: "closing", title: m.effect_col_closing(), value: (row) => closingWord(row), wrap: true },
    { id: "class", title: m.effect_col_class(), value: (row) => planned(row.class), hidden: true },
    {
      id: "start",
      title: m.effect_col_start(),
      value: (row) => row.first_affected,
      type: "date",
      hidden: true,
      cell: (row) => monthShort(row.first_affected),
    },
    {
      id: "measured",
      title: m.effect_col_measured(),
      hidden: true,
      value: (row) => m.effect_measured_of({ n: int(Math.max(0, row.measured)), of: int(row.periods_after) }),
    },
  ];
}
