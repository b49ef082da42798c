import type { ReactElement } from "react";
import type { Initiative, Progress } from "@/api/types/initiative";
import { useKinds } from "@/kit/field/names";
import { PlanSlot } from "@/page/effect/PlanSlot";
import { CaseSlot } from "./CaseSlot";
import { useOf } from "./data";
import { GatePart } from "./GatePart";
import classes from "./initiative.module.css";
import { Measured } from "./Measured";
import { Milestones } from "./Milestones";
import { Money } from "./Money";
import { OriginPart } from "./OriginPart";
import { Questions } from "./Questions";

/**
 * Gate, case and evidence side by side. A business case fills the middle, which is wider then; without one the dated
 * steps and the money stand there.
 */
export function Columns({ one, progress }: { one: Initiative; progress: Progress | undefined }): ReactElement {
  const reads = useKinds().data?.items.some((kind) => kind.name === "business_case") ?? false;
  const cases = useOf("business_case", reads ? one.id : "").data;
  const wide = reads && cases?.length !== 0;
  const steps = (
    <>
      <Milestones one={one} />
      <Money one={one} progress={progress} />
    </>
  );
  return (
    <div className={classes.grid} data-case={wide || undefined}>
      <div>
        <GatePart one={one} />
        {wide ? steps : <Questions one={one} />}
      </div>
      <div>
        <CaseSlot initiative={one.id} />
        {wide ? null : steps}
      </div>
      <div>
        <OriginPart one={one} />
        <Measured one={one} />
        <PlanSlot initiative={one.id} metric={one.value.metrics?.[0]} process={one.value.processes?.[0]} />
        {wide ? <Questions one={one} /> : null}
      </div>
    </div>
  );
}
