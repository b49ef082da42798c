import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { LedgerAnswer, LedgerClass, LedgerEntry, LedgerInitiative } from "@/api/types/ledger";
import {
  AppLink,
  type Column,
  DataTable,
  Empty,
  Loaded,
  PageTitle,
  RemarkList,
  Section,
  StatusMark,
  usePageName,
} from "@/kit";
import { date, int, moneyText, months, personName } from "@/kit/format";
import { FoldedChain } from "@/page/chain/Chain";
import { className, planned, worthText } from "@/page/effect/words";
import { m } from "@/paraglide/messages";
import { CalibrationPart } from "./CalibrationPart";
import { ClassRows } from "./ClassRows";
import classes from "./ledger.module.css";
import { returnText, spanText } from "./words";

/** The ledger of contributions: what was claimed, measured and signed, each class by itself. */
export default function LedgerPage(): ReactElement {
  usePageName(m.ledger_title());
  const query = useGet("/ledger");
  return (
    <Loaded query={query} height={640} page>
      {(ledger) => <Page ledger={ledger} />}
    </Loaded>
  );
}

function Page({ ledger }: { ledger: LedgerAnswer }): ReactElement {
  const live = ledger.entries.filter((entry) => entry.live).length;
  return (
    <>
      <PageTitle
        ruled
        actions={
          <Button variant="default" component={AppLink} href="/nachweis">
            {m.proof_verify_title()}
          </Button>
        }
        sub={
          <>
            {ledger.cost
              ? m.ledger_cost({ amount: moneyText(Number(ledger.cost.amount), ledger.cost.currency) })
              : m.ledger_cost_none()}
            {ledger.return_on_investment
              ? ` · ${m.ledger_return({ value: returnText(ledger.return_on_investment) })}`
              : ""}
          </>
        }
      >
        {live > 0 ? m.ledger_sentence({ n: live, count: int(live) }) : m.ledger_sentence_none()}
      </PageTitle>
      {ledger.classes.length === 0 ? (
        <Empty
          title={m.ledger_empty()}
          text={m.ledger_empty_text()}
          action={<AppLink href="/wirkung">{m.ledger_empty_action()}</AppLink>}
        />
      ) : (
        <>
          <Section title={m.ledger_classes()} sub={m.ledger_classes_note()}>
            <ClassRows list={ledger.classes} />
          </Section>
          <Section title={m.ledger_initiatives()}>
            <InitiativeTable list={ledger.initiatives} />
          </Section>
          <Section title={m.ledger_entries()} sub={m.ledger_entries_note()}>
            <EntryTable list={ledger.entries} />
          </Section>
          <CalibrationPart />
        </>
      )}
      <RemarkList remarks={ledger.remarks} />
    </>
  );
}

type Row = LedgerInitiative & { part: LedgerClass | null };

/** One row for each initiative and class, so that no cell holds two classes. */
function InitiativeTable({ list }: { list: LedgerInitiative[] }): ReactElement {
  const rows = list.flatMap((one): Row[] =>
    one.classes.length > 0 ? one.classes.map((part) => ({ ...one, part })) : [{ ...one, part: null }],
  );
  const columns: Column<Row>[] = [
    {
      id: "title",
      title: m.ledger_col_initiative(),
      value: (row) => row.title,
      tone: "name",
      cell: (row) => <AppLink href={`/vorhaben/${row.initiative}`}>{row.title}</AppLink>,
    },
    { id: "class", title: m.ledger_col_class(), value: (row) => (row.part ? className(row.part.class) : "") },
    {
      id: "claimed",
      title: m.ledger_claimed(),
      value: (row) => spanText(row.part?.claimed ?? null, row.part?.unit ?? ""),
    },
    {
      id: "measured",
      title: m.ledger_measured(),
      value: (row) => spanText(row.part?.measured ?? null, row.part?.unit ?? ""),
    },
    {
      id: "confirmed",
      title: m.ledger_confirmed(),
      value: (row) => spanText(row.part?.confirmed ?? null, row.part?.unit ?? ""),
    },
    {
      id: "cost",
      title: m.ledger_col_cost(),
      value: (row) => (row.cost ? Number(row.cost.amount) : null),
      type: "money",
      cell: (row) => (row.cost ? moneyText(Number(row.cost.amount), row.cost.currency) : "–"),
    },
    { id: "return", title: m.ledger_col_return(), value: (row) => returnText(row.return_on_investment) },
  ];
  return (
    <DataTable
      name={m.ledger_initiatives()}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.initiative} ${row.part?.class} ${row.part?.unit}`}
    />
  );
}

function EntryTable({ list }: { list: LedgerEntry[] }): ReactElement {
  const columns: Column<LedgerEntry>[] = [
    {
      id: "sort",
      title: m.ledger_col_sort(),
      value: (row) => sortWord(row),
      cell: (row) => (
        <span className={classes.mark}>
          <StatusMark
            status={row.sort === "takeback" ? "not_fulfilled" : row.live ? "proven" : "not_fulfilled"}
            quiet
          />{" "}
          {sortWord(row)}
        </span>
      ),
    },
    {
      id: "title",
      title: m.ledger_col_initiative(),
      value: (row) => row.title,
      tone: "name",
      cell: (row) => <AppLink href={`/wirkung/${row.plan}`}>{row.title}</AppLink>,
    },
    { id: "benefit", title: m.ledger_col_class(), value: (row) => className(row.benefit_class) },
    { id: "low", title: m.effect_low(), value: (row) => worthText(row.low, row.unit) },
    { id: "middle", title: m.effect_middle(), value: (row) => worthText(row.middle, row.unit) },
    { id: "high", title: m.effect_high(), value: (row) => worthText(row.high, row.unit) },
    { id: "window", title: m.ledger_col_window(), value: (row) => months(row.from, row.to) },
    { id: "planned", title: m.effect_col_class(), value: (row) => planned(row.class) },
    {
      id: "signed",
      title: m.ledger_col_signed(),
      value: (row) => row.signed_at,
      type: "instant",
      cell: (row) => `${date(row.signed_at)}, ${personName(row.signed_by)}`,
    },
    {
      id: "closing",
      title: m.ledger_col_closing(),
      value: (row) => row.closing,
      cell: (row) => <AppLink href={`/abschluesse/${row.closing}`}>{m.closing_open()}</AppLink>,
    },
    {
      id: "chain",
      title: m.kit_chain(),
      value: () => "",
      cell: (row) => <FoldedChain kind="ledger_entry" id={row.id} dense />,
    },
    { id: "note", title: m.ledger_col_note(), value: (row) => row.note, hidden: true },
  ];
  return (
    <DataTable
      name={m.ledger_entries()}
      columns={columns}
      rows={list}
      rowKey={(row) => row.id}
      empty={<p className={classes.quiet}>{m.ledger_entries_none()}</p>}
    />
  );
}

function sortWord(row: LedgerEntry): string {
  return row.sort === "takeback" ? m.ledger_takeback() : row.live ? m.ledger_contribution() : m.ledger_taken_back();
}
