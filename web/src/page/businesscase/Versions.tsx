import { Select } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { useGet } from "@/api";
import type { Compared } from "@/api/types/business_case";
import type { RecordOne } from "@/api/types/register";
import { Loaded, Section } from "@/kit";
import { dateTime, moneyText, num, personName } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./businesscase.module.css";

/** The versions, and what leads from one to the newest: every change with what it moves. */
export function Versions({ record }: { record: RecordOne }): ReactElement {
  const path = { kind: "business_case", id: record.id };
  const history = useGet("/records/{kind}/{id}/history", { path });
  const older = (history.data?.items ?? []).filter((step) => step.version < record.version);
  const [from, setFrom] = useState<string | null>(null);
  const first = record.approved_version && record.approved_version < record.version ? record.approved_version : null;
  const chosen = from ?? (first ? String(first) : null);
  return (
    <Section
      title={m.businesscase_versions()}
      note={
        record.approved_version ? m.businesscase_approved_version({ n: String(record.approved_version) }) : undefined
      }
    >
      {older.length > 0 ? (
        <Select
          label={m.businesscase_compare_from()}
          value={chosen}
          onChange={setFrom}
          className="lo-no-print"
          maw={420}
          data={older.map((step) => ({
            value: String(step.version),
            label: `${m.businesscase_version_n({ n: String(step.version) })}, ${dateTime(step.at)}, ${personName(step.by)}`,
          }))}
        />
      ) : null}
      {chosen ? <Comparison id={record.id} from={Number(chosen)} to={record.version} /> : null}
    </Section>
  );
}

function Comparison({ id, from, to }: { id: string; from: number; to: number }): ReactElement {
  const query = useGet("/business_cases/{id}/compare", { path: { id }, query: { from, to } });
  return (
    <Loaded query={query} height={80}>
      {(c) => <Changes c={c} />}
    </Loaded>
  );
}

function Changes({ c }: { c: Compared }): ReactElement {
  const text = (minor: number): string => moneyText(minor / 10 ** c.decimals, c.currency);
  const changes = c.changes ?? [];
  if (changes.length === 0) return <p className={classes.quiet}>{m.businesscase_compare_same()}</p>;
  const title = (key: string): string => c.titles?.find((one) => one.key === key)?.title ?? key;
  return (
    <>
      <p>
        {m.businesscase_compare_difference({
          before: text(c.npv_before),
          after: text(c.npv_after),
          difference: text(c.npv_difference),
        })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.scroll} aria-label={m.businesscase_change()} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{m.businesscase_change()}</th>
              <th scope="col" data-number>
                {m.businesscase_before()}
              </th>
              <th scope="col" data-number>
                {m.businesscase_after()}
              </th>
              <th scope="col" data-number>
                {m.businesscase_moves()}
              </th>
            </tr>
          </thead>
          <tbody>
            {changes.map((one) => (
              <tr key={one.kind + one.key}>
                <th scope="row">{title(one.key)}</th>
                <td data-number>
                  {one.kind === "added" ? m.businesscase_added() : (one.from ?? inputWords(one.before))}
                </td>
                <td data-number>
                  {one.kind === "removed" ? m.businesscase_removed() : (one.to ?? inputWords(one.after))}
                </td>
                <td data-number>{text(one.npv)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function inputWords(input: Compared["changes"][number]["before"]): string {
  if (!input) return "–";
  return input.range
    ? `${num(input.range.min, 2)} / ${num(input.range.likely, 2)} / ${num(input.range.max, 2)}`
    : num(input.value, 2);
}
