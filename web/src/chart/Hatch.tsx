import { useId } from "react";

/** The 45° hatch of an incomplete period (5 px, 1.2 px ink-3 at 45 %); give the id to `fill`. */
export function useHatch() {
  const id = useId().replace(/[^a-zA-Z0-9]/g, "");
  const defs = (
    <defs>
      <pattern id={id} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1={0} x2={0} y1={0} y2={5} stroke="var(--lo-ink-3)" strokeOpacity={0.45} strokeWidth={2.4} />
      </pattern>
    </defs>
  );
  return { defs, fill: `url(#${id})` };
}
