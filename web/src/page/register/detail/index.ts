import { type ComponentType, lazy } from "react";
import type { RecordOne } from "@/api/types/register";

/** What stands above the form of a record whose kind is more than data. */
export const details: Record<string, ComponentType<{ record: RecordOne }>> = {
  meeting: lazy(async () => ({ default: (await import("./MeetingDetail")).MeetingDetail })),
};
