import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useRef, useState } from "react";
import { asApiError } from "@/api";
import { m } from "@/paraglide/messages";
import { Icon } from "../Icon";
import { attachFile } from "./attachments";
import classes from "./field.module.css";

/** The button that adds files to a record. */
export function Attach({
  owner,
  onAttached,
}: {
  owner: { kind: string; id: string };
  onAttached?: (ids: string[]) => void;
}): ReactElement {
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const add = async (files: File[]): Promise<void> => {
    setBusy(true);
    setProblem("");
    const made: string[] = [];
    try {
      for (const file of files) made.push((await attachFile(owner, file)).id);
    } catch (error) {
      const failed = asApiError(error);
      setProblem([failed.message, failed.hint].filter(Boolean).join(" "));
    }
    await client.invalidateQueries({ queryKey: ["/records/{kind}/{id}/files"] });
    setBusy(false);
    if (made.length > 0) onAttached?.(made);
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = "";
          if (files.length > 0) void add(files);
        }}
      />
      <Button
        variant="default"
        leftSection={<Icon name="plus" />}
        disabled={busy}
        onClick={() => input.current?.click()}
      >
        {m.register_file_add()}
      </Button>
      {problem ? (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      ) : null}
    </>
  );
}
