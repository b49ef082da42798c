import { Select } from "@mantine/core";
import type { ReactElement } from "react";
import type { KindInfo } from "@/api/types/register";
import { RemarkList } from "@/kit";
import { m } from "@/paraglide/messages";
import { type Choices, type ImportPreview, mapped, mappingOf } from "./data";
import classes from "./import.module.css";

/** Which column fills which field, with the reason; and how rows find their records. */
export function ImportMapping({
  kind,
  preview,
  choices,
  onChange,
}: {
  kind: KindInfo;
  preview: ImportPreview;
  choices: Choices;
  onChange: (choices: Choices) => void;
}): ReactElement {
  const title = (name: string): string =>
    name === "id" ? m.register_import_id() : (kind.fields.find((field) => field.name === name)?.title ?? name);
  const fields = [
    { value: "id", label: m.register_import_id() },
    ...kind.fields.filter((field) => !field.computed).map((field) => ({ value: field.name, label: field.title })),
  ];
  const map = mappingOf(kind, preview);
  return (
    <div>
      <div className={classes.options}>
        <Select
          label={m.register_import_key()}
          allowDeselect={false}
          value={preview.key}
          data={[
            ...preview.keys.map((name) => ({ value: name, label: title(name) })),
            { value: "-", label: m.register_import_key_none() },
          ]}
          onChange={(key) => onChange({ ...choices, map, key: key ?? "" })}
        />
        <Select
          label={m.register_import_mode()}
          allowDeselect={false}
          value={preview.mode}
          data={[
            { value: "both", label: m.register_import_mode_both() },
            { value: "create", label: m.register_import_mode_create() },
            { value: "update", label: m.register_import_mode_update() },
          ]}
          onChange={(mode) => onChange({ ...choices, map, mode: mode ?? "" })}
        />
        <Select
          label={m.register_import_numbers()}
          allowDeselect={false}
          value={preview.numbers}
          data={[
            { value: "de", label: m.register_import_numbers_de() },
            { value: "en", label: m.register_import_numbers_en() },
          ]}
          onChange={(numbers) => onChange({ ...choices, map, numbers: numbers ?? "" })}
        />
      </div>
      <RemarkList remarks={preview.remarks.map((text) => ({ code: text, text }))} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <section className={classes.scroll} aria-label={m.register_import_columns()} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{m.register_import_column()}</th>
              <th scope="col">{m.register_import_field()}</th>
              <th scope="col">{m.register_import_reason()}</th>
            </tr>
          </thead>
          <tbody>
            {preview.columns.map((column) => (
              <tr key={column.name}>
                <th scope="row">
                  {column.name}
                  <span className={classes.samples}>{column.samples.join(" · ")}</span>
                </th>
                <td>
                  <Select
                    aria-label={m.register_import_field_of({ column: column.name })}
                    searchable
                    clearable
                    placeholder={m.register_import_skip()}
                    value={column.field || null}
                    data={fields}
                    onChange={(field) => onChange({ ...choices, key: "", map: mapped(map, column.name, field ?? "") })}
                  />
                </td>
                <td className={classes.reason}>{column.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
