import { type Band, dashes } from "@/chart/band";
import { useHatch } from "@/chart/Hatch";
import { m } from "@/paraglide/messages";
import styles from "./metric.module.css";

/** Names the marks that the line itself cannot: ribbon, reference, hatch. */
export function LineLegend({
  ribbon,
  reference,
  incomplete,
  bands = [],
  signed = false,
}: {
  ribbon: boolean;
  reference: string;
  incomplete: boolean;
  bands?: Band[];
  signed?: boolean;
}) {
  const { defs, fill } = useHatch();
  return (
    <div className={styles.legendLine}>
      <span>
        <svg width={24} height={12} aria-hidden="true">
          {ribbon && <rect width={24} height={12} fill="var(--lo-series-1)" fillOpacity={0.18} />}
          <line x1={0} x2={24} y1={6} y2={6} stroke="var(--lo-series-1)" strokeWidth={2} />
        </svg>
        {ribbon ? m.metric_legend_ribbon() : m.metric_legend_line()}
      </span>
      {bands.map((band, i) => (
        <span key={band.name}>
          <svg width={24} height={12} aria-hidden="true">
            {i === 0 && <rect y={6} width={24} height={6} fill="var(--lo-ok-tint)" />}
            <line x1={0} x2={24} y1={6} y2={6} stroke="var(--lo-ok)" strokeDasharray={dashes[band.line]?.join(" ")} />
          </svg>
          {band.name}
        </span>
      ))}
      {reference && (
        <span>
          <svg width={24} height={12} aria-hidden="true">
            <line x1={0} x2={24} y1={6} y2={6} stroke="var(--lo-ink-3)" strokeWidth={1.25} strokeDasharray="4 4" />
          </svg>
          {reference}
        </span>
      )}
      {signed && (
        <span>
          <svg width={24} height={12} aria-hidden="true">
            <path d="M12 1l5 5-5 5-5-5z" fill="var(--lo-paper)" stroke="var(--lo-warn)" strokeWidth={1.75} />
          </svg>
          {m.metric_legend_signed()}
        </span>
      )}
      {incomplete && (
        <span>
          <svg width={24} height={12} aria-hidden="true">
            {defs}
            <rect width={24} height={12} fill={fill} />
          </svg>
          {m.metric_legend_incomplete()}
        </span>
      )}
    </div>
  );
}
