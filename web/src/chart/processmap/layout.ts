import ELK, { type ELK as Elk } from "elkjs/lib/elk-api";
import workerUrl from "elkjs/lib/elk-worker.min.js?url";
import { fromElk, toElk } from "./graph";
import type { MapLayout, Shown, ShownEdge } from "./schema";
import { spine } from "./spine";

let engine: Elk | null = null;

/** The layout engine in its worker, an unmodified separate file (EPL-2.0); started at the first map. */
function elk(): Elk {
  engine ??= new ELK({ workerUrl, workerFactory: (url) => new Worker(url ?? workerUrl) });
  return engine;
}

/** Places nodes and edges; rejects when the worker cannot start. */
export async function layoutMap(shown: Shown, labelWidth: (edge: ShownEdge) => number): Promise<MapLayout> {
  const s = spine(shown);
  const answer = await elk().layout(toElk(shown, s, labelWidth));
  return fromElk(answer, shown, s);
}
