import { useGet } from "@/api";
import type { CaseDetail, CaseEvent } from "@/api/types/process_detail";
import { Facts, IconButton, Loaded, RemarkList } from "@/kit";
import { dateTime, durationText, int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import styles from "./cases.module.css";

/** One case with its events in time order, each with the file and line it was read from. */
export function CaseDrawer({ process, id, onClose }: { process: string; id: string; onClose: () => void }) {
  const query = useGet("/processes/{process}/cases/{case_id}", { path: { process, case_id: id } });
  return (
    <aside
      className={styles.drawer}
      aria-label={m.process_case_named({ id })}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <div className={styles.drawerHead}>
        <div>
          <p className={styles.small}>{m.process_case()}</p>
          <h2>{id}</h2>
        </div>
        <IconButton name="close" label={m.kit_close()} onClick={onClose} />
      </div>
      <Loaded query={query} height={420}>
        {(c) => (
          <>
            <Facts items={factsOf(c)} columns />
            <Timeline events={c.events} />
            <RemarkList remarks={c.remarks} />
          </>
        )}
      </Loaded>
    </aside>
  );
}

function factsOf(c: CaseDetail) {
  const facts = [
    { label: m.process_case_duration(), value: durationText(c.duration_seconds) },
    { label: m.process_events(), value: int(c.events.length) },
  ];
  const own = Object.entries(c.attributes ?? {}).filter(([, v]) => v !== null && v !== "");
  return [...facts, ...own.slice(0, 12).map(([label, v]) => ({ label, value: String(v) }))];
}

function Timeline({ events }: { events: CaseEvent[] }) {
  const longest = Math.max(1, ...events.map((e) => e.waiting_seconds ?? 0));
  return (
    <ol className={styles.timeline}>
      {events.map((e, i) => (
        <li key={`${e.file} ${e.line} ${e.time} ${e.activity}`}>
          {i > 0 && e.waiting_seconds !== null && (
            <div className={styles.gap}>
              <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect
                  width={Math.max(0.8, Math.sqrt(Math.max(0, e.waiting_seconds) / longest) * 100)}
                  height={6}
                  fill="var(--lo-series-5)"
                />
              </svg>
              <span>{durationText(e.waiting_seconds)}</span>
            </div>
          )}
          <div className={styles.event}>
            <strong>{e.activity}</strong>
            <span>{dateTime(e.time)}</span>
            <small>
              {[e.resource, e.file ? m.process_case_source({ file: e.file, line: int(e.line) }) : ""]
                .filter(Boolean)
                .join(" · ")}
            </small>
          </div>
        </li>
      ))}
    </ol>
  );
}
