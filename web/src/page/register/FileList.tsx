import { type ReactElement, useState } from "react";
import { address, send } from "@/api";
import type { FileItem, KindInfo, RecordOne } from "@/api/types/register";
import { ConfirmDialog, IconButton, Loaded } from "@/kit";
import { Attach } from "@/kit/field/Attach";
import { useFiles } from "@/kit/field/attachments";
import { bytes, dateTime, personName } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { useRefresh } from "./data";
import classes from "./register.module.css";

/** The files of a record: each is a download, never a page. */
export function FileList({ kind, record }: { kind: KindInfo; record: RecordOne }): ReactElement {
  const owner = { kind: kind.name, id: record.id };
  const query = useFiles(owner);
  const refresh = useRefresh();
  const [removing, setRemoving] = useState<FileItem | null>(null);
  const may = record.may.includes("update") && !record.deleted;
  return (
    <div className={classes.comments}>
      <Loaded query={query} height={120}>
        {(list) =>
          list.items.length === 0 ? (
            <p className={classes.note}>{m.register_files_none()}</p>
          ) : (
            <ul className={classes.linkRows}>
              {list.items.map((file) => (
                <li key={file.id}>
                  <a href={address("/files/{id}", { path: { id: file.id } })} download>
                    {file.name}
                  </a>
                  <span>{[bytes(file.size), personName(file.by), dateTime(file.at)].join(" · ")}</span>
                  {may ? (
                    <IconButton
                      name="trash"
                      label={m.register_file_remove({ name: file.name })}
                      onClick={() => setRemoving(file)}
                    />
                  ) : null}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {may ? (
        <div>
          <Attach owner={owner} />
        </div>
      ) : null}
      <ConfirmDialog
        opened={removing !== null}
        title={m.register_file_remove({ name: removing?.name ?? "" })}
        confirm={m.register_delete()}
        destructive
        onClose={() => setRemoving(null)}
        onConfirm={async () => {
          if (!removing) return;
          await send("delete", "/records/{kind}/{id}/files/{file}", { path: { ...owner, file: removing.id } });
          await refresh();
        }}
      />
    </div>
  );
}
