import { Button, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { ApiError } from "@/api/error";
import {
  type ChainLink,
  ChartFrame,
  type Column,
  DataTable,
  Empty,
  EvidenceChain,
  ExpandedChain,
  Failed,
  Figure,
  FilterChips,
  Loading,
  NoPermission,
  PageTitle,
  Section,
  Segments,
  SliderField,
  type Status,
  StatusMark,
  Tag,
  tokens,
} from "@/kit";
import { duration, durationShort, int, moneyText, percent, range } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./GalleryPage.module.css";

const statuses: Status[] = [
  "on_course",
  "at_risk",
  "missed",
  "proven",
  "not_provable",
  "restated",
  "open",
  "running",
  "your_turn",
  "note",
  "fulfilled",
  "not_fulfilled",
];

interface Row {
  name: string;
  status: Status;
  cases: number;
  median: number;
}

const rows: Row[] = [
  { name: "Auftrag erfasst", status: "on_course", cases: 4356, median: 7200 },
  { name: "Rückfrage geklärt", status: "at_risk", cases: 2756, median: 172800 },
  { name: "Rechnung gestellt", status: "open", cases: 10250, median: 1719360 },
];

const columns: Column<Row>[] = [
  { id: "name", title: "Aktivität", value: (row) => row.name, tone: "name" },
  { id: "status", title: "Lage", value: (row) => row.status, cell: (row) => <StatusMark status={row.status} /> },
  { id: "cases", title: "Vorgänge", value: (row) => row.cases, type: "integer" },
  { id: "median", title: "Median", value: (row) => row.median, type: "seconds" },
];

const chain: ChainLink[] = [
  { step: "rows", state: "present", value: "29.412 Zeilen", detail: "2 Quellen, 24.11.", href: "/daten" },
  {
    step: "metric",
    state: "present",
    value: "Durchlaufzeit",
    detail: "Fassung 3",
    href: "/kennzahlen",
    owner: "H. Wendt",
  },
  { step: "finding", state: "open", value: "offen" },
];

function states(state: ChainLink["state"]): ChainLink[] {
  return [
    { step: "rows", state: "present", value: "" },
    { step: "metric", state, value: "" },
    { step: "finding", state: "present", value: "" },
  ];
}

/** The kit on one page, as picture 14 shows it; not in the navigation. */
export default function GalleryPage(): ReactElement {
  const [segment, setSegment] = useState<"count" | "time">("time");
  const [slider, setSlider] = useState(12);
  const [selected, setSelected] = useState(new Set(["Rückfrage geklärt"]));
  return (
    <>
      <PageTitle sub={m.shell_kit_sub()} ruled>
        {m.shell_kit()}
      </PageTitle>
      <div className={classes.grid}>
        <Section title="Schrift" first>
          <Figure value={{ text: "11,6", unit: "Tage" }} caption="Zahl 28/32" />
          <h2>Abschnitt 18/24</h2>
          <p>Text, Tabelle, Knopf 14/20</p>
          <p className={classes.small}>Beschriftung, Achse, Quelle 12/16</p>
          <Figure large value={{ text: "−2,6", unit: "" }} caption="Bildzahl 44/48" />
          <p>
            {int(1234)} · {percent(0.342)} · {duration(1071360).text} {duration(1071360).unit} · {moneyText(142000)} ·{" "}
            {range(-3.4, -1.7)} · {durationShort(79200)}
          </p>
        </Section>
        <Section title="Zustände" first>
          <ul className={classes.statuses}>
            {statuses.map((status) => (
              <li key={status}>
                <StatusMark status={status} />
              </li>
            ))}
          </ul>
        </Section>
        <Section title="Knöpfe, Eingaben, Marken" first>
          <div className={classes.row}>
            <Button>Sichern</Button>
            <Button variant="default">Verwerfen</Button>
            <Button variant="subtle">Filter</Button>
            <Button disabled title="Erst eine Datei wählen">
              gesperrt
            </Button>
            <Button variant="default" data-tone="bad">
              Löschen
            </Button>
          </div>
          <TextInput
            label="Zielwert"
            defaultValue="12,0x"
            error="Bitte eine Zahl, z. B. 12,0"
            className={classes.field}
          />
          <div className={classes.row}>
            <Tag tone="blue">gemessen</Tag>
            <Tag status="on_course" />
            <Tag status="your_turn" />
            <Tag status="at_risk" />
            <Tag status="missed" />
          </div>
          <Segments
            label="Färbung"
            value={segment}
            onChange={setSegment}
            options={[
              { value: "count", label: "Anzahl" },
              { value: "time", label: "Dauer" },
            ]}
          />
          <SliderField label="Pfade" value={slider} max={33} onChange={setSlider} />
        </Section>
      </div>
      <Section title="Farben">
        <ul className={classes.colours}>
          {Object.entries(tokens).map(([name, pair]) => (
            <li key={name}>
              <span style={{ background: `var(--lo-${name})` }} />
              <strong>{name}</strong>
              <small>{pair.join(" · ")}</small>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Tabelle">
        <DataTable
          name="Beispieltabelle"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.name}
          selected={selected}
          onSelect={setSelected}
          openKey="Rückfrage geklärt"
        />
      </Section>
      <Section title="Belegkette">
        <div className={classes.row}>
          <EvidenceChain links={chain} />
          <EvidenceChain links={states("restated")} />
          <EvidenceChain links={states("broken")} />
          <EvidenceChain links={states("void")} />
        </div>
        <div className={classes.chain}>
          <ExpandedChain links={chain} here="metric" />
        </div>
      </Section>
      <Section title="Filterkette">
        <FilterChips
          all={{ label: "Alle Vorgänge", count: 31284 }}
          chips={[
            { id: "a", label: "Beginn 11/2025 bis 10/2026", count: 10842 },
            { id: "b", label: "Nur abgeschlossene", count: 10391 },
          ]}
          onRemove={() => {}}
        />
      </Section>
      <Section title="Diagrammrahmen">
        <ChartFrame
          title="Liefertermintreue in %"
          caption="Oktober 2026: 93,1 (91,2 bis 94,6) aus 871 Lieferungen"
          source="Quelle: Warenwirtschaft · Stand 24.11.2026, 06:00"
          table={<p>Tabelle</p>}
        >
          <div className={classes.plot} />
        </ChartFrame>
      </Section>
      <div className={classes.states}>
        <Empty title="Noch keine Kennzahl" text="Eine Kennzahl entsteht aus Ihren Zeilen." />
        <Loading height={160} text="Zähle 264.118 Zeilen, noch etwa 8 s" onCancel={() => {}} />
        <Failed
          error={
            new ApiError(422, {
              text: "Die Datei endet mitten in einem Feld.",
              hint: "Ein Anführungszeichen bleibt offen. Nichts wurde geladen.",
              place: { line: 70412 },
            })
          }
          onRetry={() => {}}
        />
        <NoPermission title="Nur für die Administration" text="Fragen Sie die Person, die Lotse verwaltet." />
      </div>
    </>
  );
}
