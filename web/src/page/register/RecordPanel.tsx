import { type ReactElement, useEffect, useRef } from "react";
import type { KindInfo } from "@/api/types/register";
import { AppLink, Icon, IconButton, Loaded } from "@/kit";
import { useFiles } from "@/kit/field/attachments";
import { m } from "@/paraglide/messages";
import { StateTag } from "./Approval";
import { useComments } from "./CommentList";
import { headingOf, useRecord } from "./data";
import { HistoryList } from "./HistoryList";
import { forwardLinks, useBackLinks } from "./LinkList";
import { RecordForm } from "./RecordForm";
import classes from "./register.module.css";

/** The open row beside the table: its form, the last of its history, its links. */
export function RecordPanel({
  kind,
  id,
  place,
  onMove,
  onClose,
}: {
  kind: KindInfo;
  id: string;
  /** "5 von 18" */
  place: string;
  onMove: (by: number) => void;
  onClose: () => void;
}): ReactElement {
  const query = useRecord(kind.name, id);
  const panel = useRef<HTMLElement>(null);
  const href = `/register/${kind.name}/${id}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another record begins at its top
  useEffect(() => panel.current?.scrollTo({ top: 0 }), [id]);
  return (
    <aside
      ref={panel}
      className={classes.panel}
      aria-label={m.register_panel()}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onClose();
      }}
    >
      <div className={classes.panelTools}>
        <span>{place}</span>
        <IconButton name="up" label={m.register_previous()} onClick={() => onMove(-1)} />
        <IconButton name="down" label={m.register_next()} onClick={() => onMove(1)} />
        <AppLink href={href} className={classes.panelLink} aria-label={m.register_open_page()}>
          <Icon name="link" />
        </AppLink>
        <IconButton name="close" label={m.kit_close()} onClick={onClose} />
      </div>
      <Loaded query={query} height={480}>
        {(record) => (
          <div key={record.id} className={classes.panelBody}>
            <h2>{headingOf(kind, record)}</h2>
            {kind.approval ? <StateTag record={record} /> : null}
            <RecordForm kind={kind} record={record} narrow />
            <div className={classes.panelHead}>
              <h3>{m.register_part_history()}</h3>
              <span>{m.register_versions({ n: record.version })}</span>
            </div>
            <HistoryList kind={kind} record={record} most={5} />
            <p className={classes.panelFoot}>
              <Icon name="link" />
              <AppLink href={href}>
                <LinkCount kind={kind} id={record.id} forward={forwardLinks(kind, record).length} />
              </AppLink>
            </p>
          </div>
        )}
      </Loaded>
    </aside>
  );
}

function LinkCount({ kind, id, forward }: { kind: KindInfo; id: string; forward: number }): ReactElement {
  const back = useBackLinks(kind, id).data?.items.length ?? 0;
  const files = useFiles({ kind: kind.name, id }).data?.items.length ?? 0;
  const comments = useComments(kind, id).data?.items.length ?? 0;
  return (
    <>
      {[
        m.register_links_count({ n: forward + back }),
        m.register_files({ n: files }),
        m.register_comments_count({ n: comments }),
      ].join(", ")}
    </>
  );
}
