import { type DragEvent, type ReactElement, type ReactNode, useId, useRef, useState } from "react";
import { m } from "@/paraglide/messages";
import classes from "./DropZone.module.css";
import { Icon } from "./Icon";

/** Formats that the server reads, for the file chooser. */
export const acceptedFiles = ".csv,.txt,.tsv,.xes,.xml,.xlsx,.gz";

/** The place to drop a file; the button inside does the same by keyboard. */
export function DropZone({
  onFile,
  note,
  title = m.kit_drop_here(),
  button = m.kit_choose_file(),
  accept = acceptedFiles,
}: {
  onFile: (file: File) => void;
  note?: ReactNode;
  title?: string;
  button?: string;
  accept?: string;
}): ReactElement {
  const [over, setOver] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(0);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <section
      className={classes.zone}
      aria-label={m.kit_drop_zone()}
      data-over={over > 0 || undefined}
      onDragEnter={() => setOver((count) => count + 1)}
      onDragLeave={() => setOver((count) => Math.max(0, count - 1))}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <Icon name="arrowUp" size={20} />
      <p className={classes.title}>{title}</p>
      <p className={classes.note} id={id}>
        {note ?? m.kit_drop_formats()}
      </p>
      <label className={classes.button}>
        {button}
        <input
          ref={input}
          type="file"
          className="lo-sr"
          accept={accept}
          aria-describedby={id}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) onFile(file);
            event.target.value = "";
          }}
        />
      </label>
    </section>
  );
}
