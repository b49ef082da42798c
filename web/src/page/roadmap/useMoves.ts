import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { type ApiError, asApiError, send } from "@/api";
import type { Moved, RoadmapItem } from "@/api/types/roadmap";
import { addMonths, dayNumber, isoDay } from "@/chart/gantt/time";
import { date } from "@/kit/format";
import { m } from "@/paraglide/messages";

export interface Move {
  id: string;
  version: number;
  start?: string;
  go_live?: string;
  end?: string;
  /** Dates that become unknown. */
  empty?: ("start" | "go_live" | "end")[];
}

/** What was just moved, and the records that take it back. */
export interface Done {
  text: string;
  records: Moved["records"];
}

/** Keys that follow each other quickly are one move. */
const pause = 700;

/** Reads the roadmap and the registers anew. */
export function useRoadmapRefresh(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    () => client.invalidateQueries({ predicate: (query) => /^\/(roadmap|records)/.test(String(query.queryKey[0])) }),
    [client],
  );
}

/** Moves initiatives and takes moves back; shift is the bar that is held away from its place. */
export function useMoves() {
  const refresh = useRoadmapRefresh();
  const [shift, setShift] = useState<{ id: string; days: number } | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const timer = useRef(0);
  const busy = useRef(false);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const move = useCallback(
    async (moves: Move[], text: string): Promise<void> => {
      busy.current = true;
      setProblem(null);
      try {
        const answer = await send<Moved>("post", "/roadmap/moves", { body: { moves } });
        await refresh();
        setDone({ text, records: answer.records });
      } finally {
        busy.current = false;
        setShift(null);
      }
    },
    [refresh],
  );

  const commit = useCallback(
    (item: RoadmapItem, start: string): void => {
      const moves = [{ id: item.id, version: item.version, start }];
      void move(moves, m.roadmap_moved({ title: item.title, day: date(start) })).catch(async (error) => {
        setProblem(asApiError(error));
        await refresh();
      });
    },
    [move, refresh],
  );

  const hold = (item: RoadmapItem, days: number): void => {
    if (!busy.current) setShift({ id: item.id, days });
  };

  const nudge = (item: RoadmapItem, months: number): void => {
    if (!item.start || busy.current) return;
    const held = shift?.id === item.id ? shift.days : 0;
    const start = addMonths(isoDay(dayNumber(item.start) + held), months);
    hold(item, dayNumber(start) - dayNumber(item.start));
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => commit(item, start), pause);
  };

  const drag = (item: RoadmapItem, days: number, last: boolean): void => {
    if (!item.start || busy.current) return;
    window.clearTimeout(timer.current);
    hold(item, days);
    if (!last) return;
    if (days === 0) setShift(null);
    else commit(item, isoDay(dayNumber(item.start) + days));
  };

  const undo = async (): Promise<void> => {
    if (!done) return;
    try {
      await send<Moved>("post", "/roadmap/moves/back", { body: { records: done.records } });
      setDone({ text: m.roadmap_undone(), records: [] });
    } catch (error) {
      setProblem(asApiError(error));
    }
    await refresh();
  };

  return { shift, done, problem, move, nudge, drag, undo, close: () => setDone(null) };
}

export type Moves = ReturnType<typeof useMoves>;
