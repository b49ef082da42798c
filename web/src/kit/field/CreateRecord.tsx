import { Button, Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactElement, useState } from "react";
import { type ApiError, asApiError, send } from "@/api";
import type { Doc, KindInfo, RecordOne } from "@/api/types/register";
import { m } from "@/paraglide/messages";
import "../theme/controls.css";
import { FieldForm } from "./FieldForm";
import classes from "./field.module.css";
import { learnNames } from "./names";

/** Makes a record on the way, with the fields that it must have. */
export default function CreateRecord({
  kind,
  name,
  onDone,
  onClose,
}: {
  kind: KindInfo;
  name: string;
  onDone: (id: string) => void;
  onClose: () => void;
}): ReactElement {
  const client = useQueryClient();
  const [value, setValue] = useState<Doc>({ [kind.heading]: name });
  const [problem, setProblem] = useState<ApiError | null>(null);
  const fields = kind.fields.filter((field) => field.required || field.name === kind.heading);
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    event.stopPropagation();
    try {
      const made = await send<RecordOne>("post", "/records/{kind}", { path: { kind: kind.name }, body: value });
      learnNames([{ kind: kind.name, id: made.id, name: String(made.value[kind.heading] ?? made.id) }]);
      void client.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith("/records") });
      onDone(made.id);
    } catch (error) {
      setProblem(asApiError(error));
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={m.register_new_title({ kind: kind.one })}
      closeButtonProps={{ "aria-label": m.kit_close() }}
    >
      <form className={classes.dialog} noValidate onSubmit={(event) => void make(event)}>
        <FieldForm
          fields={fields}
          value={value}
          onChange={(field, next) => setValue({ ...value, [field]: next })}
          problems={problem?.fields}
        />
        {problem && problem.fields.length === 0 ? (
          <p role="alert" className={classes.problem}>
            {[problem.message, problem.hint].filter(Boolean).join(" ")}
          </p>
        ) : null}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {m.kit_cancel()}
          </Button>
          <Button type="submit">{m.register_create()}</Button>
        </div>
      </form>
    </Modal>
  );
}
