import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { CalibrationItem } from "@/api/types/ledger";
import { AppLink, type Column, DataTable, Loaded, Section } from "@/kit";
import { int, percent } from "@/kit/format";
import { className, worthText } from "@/page/effect/words";
import { m } from "@/paraglide/messages";
import classes from "./ledger.module.css";

/** What business cases promised against what was proven. */
export function CalibrationPart(): ReactElement {
  const query = useGet("/ledger/calibration");
  return (
    <Section title={m.ledger_calibration()}>
      <Loaded query={query} height={160}>
        {(answer) => (
          <>
            <p>
              {answer.median_ratio === null || answer.count === 0
                ? m.ledger_calibration_none()
                : m.ledger_calibration_sentence({
                    n: answer.count,
                    count: int(answer.count),
                    ratio: percent(answer.median_ratio, 0),
                    within: int(answer.within),
                  })}{" "}
              {answer.waiting > 0
                ? m.ledger_calibration_waiting({ n: answer.waiting, count: int(answer.waiting) })
                : null}
            </p>
            {answer.items.length > 0 ? <Table items={answer.items} /> : null}
            <p className={classes.quiet}>{m.ledger_calibration_note()}</p>
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Table({ items }: { items: CalibrationItem[] }): ReactElement {
  const columns: Column<CalibrationItem>[] = [
    {
      id: "title",
      title: m.ledger_col_initiative(),
      value: (row) => row.title,
      tone: "name",
      cell: (row) => <AppLink href={`/vorhaben/${row.initiative}`}>{row.title}</AppLink>,
    },
    { id: "class", title: m.ledger_col_class(), value: (row) => className(row.class) },
    { id: "promised", title: m.ledger_promised(), value: (row) => worthText(row.promised, row.unit) },
    { id: "proven", title: m.ledger_proven(), value: (row) => worthText(row.middle, row.unit) },
    {
      id: "range",
      title: m.effect_col_interval(),
      value: (row) =>
        row.low === null || row.high === null
          ? ""
          : m.kit_range({ low: worthText(row.low, row.unit), high: worthText(row.high, row.unit) }),
    },
    { id: "ratio", title: m.ledger_ratio(), value: (row) => row.ratio, type: "percent" },
    {
      id: "within",
      title: m.ledger_within(),
      value: (row) => (row.within === null ? "" : row.within ? m.effect_yes() : m.ledger_no()),
    },
  ];
  return (
    <DataTable
      name={m.ledger_calibration()}
      columns={columns}
      rows={items}
      rowKey={(row) => `${row.initiative} ${row.class} ${row.unit}`}
    />
  );
}
