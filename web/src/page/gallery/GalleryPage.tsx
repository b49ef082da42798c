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
import { duration, durationShort, int, moneyText, num, percent, range } from "@/kit/format";
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

const rows = (): Row[] => [
  { name: m.start_gallery_step1(), status: "on_course", cases: 4356, median: 7200 },
  { name: m.start_gallery_step2(), status: "at_risk", cases: 2756, median: 172800 },
  { name: m.start_gallery_step3(), status: "open", cases: 10250, median: 1719360 },
];

const columns = (): Column<Row>[] => [
  { id: "name", title: m.start_gallery_activity(), value: (row) => row.name, tone: "name" },
  {
    id: "status",
    title: m.start_gallery_status(),
    value: (row) => row.status,
    cell: (row) => <StatusMark status={row.status} />,
  },
  { id: "cases", title: m.start_gallery_cases(), value: (row) => row.cases, type: "integer" },
  { id: "median", title: m.start_gallery_median(), value: (row) => row.median, type: "seconds" },
];

const chain = (): ChainLink[] => [
  { step: "rows", state: "present", value: m.start_gallery_rows(), detail: m.start_gallery_sources(), href: "/daten" },
  {
    step: "metric",
    state: "present",
    value: m.start_gallery_leadtime(),
    detail: m.start_gallery_version(),
    href: "/kennzahlen",
    owner: "H. Wendt",
  },
  { step: "finding", state: "open", value: m.start_gallery_open() },
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
  const [selected, setSelected] = useState<Set<string>>(new Set([m.start_gallery_step2()]));
  return (
    <>
      <PageTitle sub={m.shell_kit_sub()} ruled>
        {m.shell_kit()}
      </PageTitle>
      <div className={classes.grid}>
        <Section title={m.start_gallery_type()} first>
          <Figure value={{ text: num(11.6), unit: m.start_gallery_days() }} caption={m.start_gallery_figure()} />
          <h2>{m.start_gallery_section()}</h2>
          <p>{m.start_gallery_body()}</p>
          <p className={classes.small}>{m.start_gallery_small()}</p>
          <Figure large value={{ text: num(-2.6), unit: "" }} caption={m.start_gallery_picture()} />
          <p>
            {int(1234)} · {percent(0.342)} · {duration(1071360).text} {duration(1071360).unit} · {moneyText(142000)} ·{" "}
            {range(-3.4, -1.7)} · {durationShort(79200)}
          </p>
        </Section>
        <Section title={m.start_gallery_states()} first>
          <ul className={classes.statuses}>
            {statuses.map((status) => (
              <li key={status}>
                <StatusMark status={status} />
              </li>
            ))}
          </ul>
        </Section>
        <Section title={m.start_gallery_controls()} first>
          <div className={classes.row}>
            <Button>{m.start_gallery_save()}</Button>
            <Button variant="default">{m.start_gallery_discard()}</Button>
            <Button variant="subtle">{m.start_gallery_filter()}</Button>
            <Button disabled title={m.start_gallery_first()}>
              {m.start_gallery_locked()}
            </Button>
            <Button variant="default" data-tone="bad">
              {m.start_gallery_delete()}
            </Button>
          </div>
          <TextInput
            label={m.start_gallery_target()}
            defaultValue={`${num(12)}x`}
            error={m.start_gallery_number()}
            className={classes.field}
          />
          <div className={classes.row}>
            <Tag tone="blue">{m.start_gallery_measured()}</Tag>
            <Tag status="on_course" />
            <Tag status="your_turn" />
            <Tag status="at_risk" />
            <Tag status="missed" />
          </div>
          <Segments
            label={m.start_gallery_colouring()}
            value={segment}
            onChange={setSegment}
            options={[
              { value: "count", label: m.start_gallery_count() },
              { value: "time", label: m.start_gallery_duration() },
            ]}
          />
          <SliderField label={m.start_gallery_paths()} value={slider} max={33} onChange={setSlider} />
        </Section>
      </div>
      <Section title={m.start_gallery_colours()}>
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
      <Section title={m.start_gallery_table()}>
        <DataTable
          name={m.start_gallery_example()}
          columns={columns()}
          rows={rows()}
          rowKey={(row) => row.name}
          selected={selected}
          onSelect={setSelected}
          openKey={m.start_gallery_step2()}
        />
      </Section>
      <Section title={m.start_gallery_chain()}>
        <div className={classes.row}>
          <EvidenceChain links={chain()} />
          <EvidenceChain links={states("restated")} />
          <EvidenceChain links={states("broken")} />
          <EvidenceChain links={states("void")} />
        </div>
        <div className={classes.chain}>
          <ExpandedChain links={chain()} here="metric" />
        </div>
      </Section>
      <Section title={m.start_gallery_filters()}>
        <FilterChips
          all={{ label: m.start_gallery_all(), count: 31284 }}
          chips={[
            { id: "a", label: m.start_gallery_begin(), count: 10842 },
            { id: "b", label: m.start_gallery_closed(), count: 10391 },
          ]}
          onRemove={() => {}}
        />
      </Section>
      <Section title={m.start_gallery_frame()}>
        <ChartFrame
          title={m.start_gallery_ontime()}
          caption={m.start_gallery_caption()}
          source={m.start_gallery_source()}
          table={<p>{m.start_gallery_table()}</p>}
        >
          <div className={classes.plot} />
        </ChartFrame>
      </Section>
      <div className={classes.states}>
        <Empty title={m.start_gallery_empty()} text={m.start_gallery_empty_text()} />
        <Loading height={160} text={m.start_gallery_loading()} onCancel={() => {}} />
        <Failed
          error={
            new ApiError(422, {
              text: m.start_gallery_failed(),
              hint: m.start_gallery_failed_hint(),
              place: { line: 70412 },
            })
          }
          onRetry={() => {}}
        />
        <NoPermission title={m.start_gallery_forbidden()} text={m.start_gallery_forbidden_text()} />
      </div>
    </>
  );
}
