import { useGet } from "@/api";
import type { Variant } from "@/api/types/process_detail";
import { textWidth } from "@/chart/processmap/text";
import { useWidth } from "@/chart/useWidth";
import { Failed, Loading } from "@/kit";
import { durationText, int, num } from "@/kit/format";
import type { ProcessFilter } from "@/kit/url";
import { m } from "@/paraglide/messages";
import { sectionColour } from "./colour";
import { added, axisTicks, type Stretch, stretches } from "./compare";
import styles from "./variants.module.css";

interface Props {
  process: string;
  filter: ProcessFilter;
  first: Variant;
  second: Variant;
  sections: string[];
}

/** Two variants on one time axis and their difference as a sentence. */
export function Comparison({ process, filter, first, second, sections }: Props) {
  const of = (v: Variant) => ({ path: { process }, query: { ...filter, variant: [v.id] } });
  const a = useGet("/processes/{process}/dfg", of(first));
  const b = useGet("/processes/{process}/dfg", of(second));
  if (a.error ?? b.error) return <Failed error={a.error ?? b.error} />;
  if (!a.data || !b.data) return <Loading height={180} />;
  const longest = Math.max(first.median_seconds, second.median_seconds, 1);
  return (
    <section className={styles.comparison}>
      <h2>
        {m.process_compare_title({ a: first.rank, b: second.rank })} <span>{sentence(first, second)}</span>
      </h2>
      <div className={styles.axis}>
        {[
          { v: first, line: stretches(first, a.data.edges) },
          { v: second, line: stretches(second, b.data.edges) },
        ].map(({ v, line }) => (
          <TimeRow key={v.id} variant={v} line={line} longest={longest} sections={sections} />
        ))}
        <span />
        <Axis longest={longest} />
      </div>
      <p className={styles.foot}>{m.process_compare_note()}</p>
    </section>
  );
}

function sentence(a: Variant, b: Variant): string {
  const gap = b.median_seconds - a.median_seconds;
  const extra = added(a, b).map((x) => x.name);
  const missing = added(b, a).map((x) => x.name);
  const parts = [
    Math.abs(gap) < 1
      ? m.process_compare_equal()
      : gap > 0
        ? m.process_compare_longer({ b: b.rank, a: a.rank, gap: durationText(gap) })
        : m.process_compare_shorter({ b: b.rank, a: a.rank, gap: durationText(-gap) }),
  ];
  if (extra.length) parts.push(m.process_compare_extra({ steps: extra.slice(0, 4).join(", ") }));
  if (missing.length) parts.push(m.process_compare_missing({ steps: missing.slice(0, 4).join(", ") }));
  return parts.join(" ");
}

function TimeRow({
  variant,
  line,
  longest,
  sections,
}: {
  variant: Variant;
  line: Stretch[];
  longest: number;
  sections: string[];
}) {
  const { ref, width } = useWidth<HTMLDivElement>(600);
  const x = (s: number) => (s / longest) * (width - 2);
  return (
    <>
      <div>
        <strong>{m.process_compare_variant({ rank: variant.rank })}</strong>
        <small>{m.process_compare_cases({ n: int(variant.count) })}</small>
      </div>
      <div ref={ref}>
        <svg
          width={width}
          height={30}
          role="img"
          aria-label={`${m.process_compare_variant({ rank: variant.rank })}: ${durationText(variant.median_seconds)}`}
          style={{ display: "block" }}
        >
          {line.map((s, i) => {
            const colour = sectionColour(s.section, sections);
            const text = `${s.to} ${durationText(s.seconds)}`;
            const short = num(s.seconds / (longest >= 2 * 86400 ? 86400 : 3600));
            const room = x(s.seconds) - 10;
            const label = textWidth(text, 12) <= room ? text : textWidth(short, 12) <= room ? short : "";
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step can stand twice
              <g key={i}>
                <title>{text}</title>
                <rect
                  x={x(s.start)}
                  y={2}
                  width={Math.max(0.5, x(s.seconds))}
                  height={26}
                  fill={colour}
                  fillOpacity={0.24}
                />
                <rect x={x(s.start + s.seconds) - 1} y={2} width={2} height={26} fill={colour} />
                {label && (
                  <text x={x(s.start + s.seconds / 2)} y={19} fontSize={12} textAnchor="middle" fill="var(--lo-ink)">
                    {label}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      </div>
      <span className={styles.axisTotal}>{durationText(variant.median_seconds)}</span>
    </>
  );
}

function Axis({ longest }: { longest: number }) {
  const { ref, width } = useWidth<HTMLDivElement>(600);
  return (
    <div ref={ref}>
      <svg width={width} height={24} aria-hidden="true" style={{ display: "block" }}>
        {axisTicks(longest).map((t, i) => {
          const x = Math.min(width - 2, (t.at / longest) * (width - 2)) + 0.5;
          const value = num(t.at / (t.unit === "d" ? 86400 : 3600), t.at % (t.unit === "d" ? 86400 : 3600) ? 1 : 0);
          return (
            <g key={t.at}>
              <line x1={x} x2={x} y1={0} y2={4} stroke="var(--lo-line-strong)" />
              <text x={x} y={17} fontSize={12} textAnchor={i === 0 ? "start" : "middle"} fill="var(--lo-ink-3)">
                {i === 0
                  ? t.unit === "d"
                    ? m.process_compare_day({ n: value })
                    : m.process_compare_hour({ n: value })
                  : value}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
