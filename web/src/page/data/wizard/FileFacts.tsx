import { Checkbox, NumberInput, Select } from "@mantine/core";
import { type ReactElement, useState } from "react";
import type { Analysis } from "@/api/types/data";
import { Icon } from "@/kit";
import { bytes, int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import type { Reading } from "./state";
import classes from "./Wizard.module.css";

export function delimiterName(delimiter: string): string {
  switch (delimiter) {
    case ";":
      return m.data_semicolon();
    case ",":
      return m.data_comma();
    case "\t":
      return m.data_tab();
    case "|":
      return m.data_bar();
    default:
      return delimiter;
  }
}

function dateOrderName(order: string): string {
  switch (order) {
    case "dmy":
      return m.data_dates_dmy();
    case "mdy":
      return m.data_dates_mdy();
    case "ymd":
      return m.data_dates_ymd();
    default:
      return "–";
  }
}

const encodings = ["utf-8", "windows-1252", "utf-16le", "utf-16be"];

/** What was recognised about the file. How it is read can be changed; the file is then looked at anew. */
export function FileFacts({
  analysis,
  onReread,
}: {
  analysis: Analysis;
  onReread: (reading: Reading) => void;
}): ReactElement {
  const [editing, setEditing] = useState(false);
  const { format, upload } = analysis;
  const facts: [string, string][] = [
    [m.data_size(), bytes(upload.size)],
    [analysis.rows_exact ? m.data_rows() : m.data_rows_about(), int(analysis.rows)],
  ];
  if (format.kind === "xlsx") facts.push([m.data_sheet(), format.sheet]);
  if (format.kind === "csv") {
    facts.push(
      [m.data_delimiter(), delimiterName(format.delimiter)],
      [m.data_encoding(), encodingName(format.encoding)],
    );
  }
  if (format.kind !== "xes") {
    facts.push([
      m.data_header(),
      format.header_row > 0 ? m.data_header_at({ row: int(format.header_row) }) : m.data_header_none(),
    ]);
    facts.push([m.data_dates(), format.dates.ambiguous ? m.data_dates_ambiguous() : dateOrderName(format.dates.order)]);
  }
  return (
    <div className={classes.facts}>
      <dl>
        <div>
          <dt>{m.data_file()}</dt>
          <dd className={classes.fileName}>
            <Icon name="file" />
            <span title={upload.name}>{upload.name}</span>
          </dd>
        </div>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {format.kind === "xes" ? null : (
          <div>
            <dt>
              <button
                type="button"
                className={classes.textButton}
                aria-expanded={editing}
                onClick={() => setEditing(!editing)}
              >
                {m.data_read_differently()}
              </button>
            </dt>
          </div>
        )}
      </dl>
      {editing ? <ReadingForm analysis={analysis} onReread={onReread} /> : null}
    </div>
  );
}

function encodingName(encoding: string): string {
  return encoding ? encoding.replace(/^utf/i, "UTF").replace(/^windows/i, "Windows") : "–";
}

function ReadingForm({
  analysis,
  onReread,
}: {
  analysis: Analysis;
  onReread: (reading: Reading) => void;
}): ReactElement {
  const { format } = analysis;
  const [header, setHeader] = useState<string | number>(format.header_row || 1);
  const now: Reading = {
    sheet: format.sheet,
    header_row: analysis.plan.header_row ? String(analysis.plan.header_row) : "",
    delimiter: format.delimiter,
    encoding: format.encoding,
  };
  const withCurrent = (values: string[], current: string): string[] =>
    current && !values.includes(current) ? [current, ...values] : values;
  return (
    <div className={classes.reading}>
      {format.kind === "xlsx" ? (
        <Select
          label={m.data_sheet()}
          data={format.sheets.map((sheet) => ({
            value: sheet.name,
            label: sheet.hidden ? m.data_sheet_hidden({ name: sheet.name }) : sheet.name,
          }))}
          value={now.sheet}
          onChange={(sheet) => onReread({ ...now, sheet: sheet ?? now.sheet, header_row: "" })}
        />
      ) : (
        <>
          <Select
            label={m.data_delimiter()}
            data={withCurrent([";", ",", "\t", "|"], now.delimiter).map((value) => ({
              value,
              label: delimiterName(value),
            }))}
            value={now.delimiter}
            onChange={(delimiter) => onReread({ ...now, delimiter: delimiter ?? now.delimiter })}
          />
          <Select
            label={m.data_encoding()}
            data={withCurrent(encodings, now.encoding.toLowerCase()).map((value) => ({
              value,
              label: encodingName(value),
            }))}
            value={now.encoding.toLowerCase()}
            onChange={(encoding) => onReread({ ...now, encoding: encoding ?? now.encoding })}
          />
        </>
      )}
      <NumberInput
        label={m.data_header_row()}
        min={1}
        max={1000}
        hideControls
        allowDecimal={false}
        value={header}
        onChange={setHeader}
        onBlur={() => {
          if (Number(header) !== format.header_row && Number(header) > 0)
            onReread({ ...now, header_row: String(header) });
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
        disabled={format.header_row === 0}
      />
      <Checkbox
        className={classes.headerless}
        label={m.data_headerless()}
        checked={format.header_row === 0}
        onChange={(event) => onReread({ ...now, header_row: event.currentTarget.checked ? "-1" : "1" })}
      />
      <p className={classes.headerReason}>{format.header_reason}</p>
    </div>
  );
}
