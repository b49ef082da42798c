import type { Dataset } from "@/api/types/data";
import { tableTitle } from "./fields";

/** The name of a dataset for people: the process of events, otherwise the table. */
export function datasetTitle(item: Pick<Dataset, "table" | "process" | "title">): string {
  return item.process ? item.title || item.process : tableTitle(item.table);
}

/** "-" stands for a table without process. */
export function processPart(process: string): string {
  return process === "" ? "-" : process;
}

/** The address of a dataset's page. */
export function datasetLink(item: Pick<Dataset, "table" | "process">): string {
  return `/daten/${encodeURIComponent(item.table)}/${encodeURIComponent(processPart(item.process))}`;
}
