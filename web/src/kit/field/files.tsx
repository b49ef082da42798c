import { Checkbox } from "@mantine/core";
import { address } from "@/api";
import { m } from "@/paraglide/messages";
import { Attach } from "./Attach";
import { useFileOwner, useFiles } from "./attachments";
import type { FieldType, InputProps } from "./field";
import classes from "./field.module.css";
import { numberFilter } from "./filters";
import { Group } from "./shell";

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Which of the files of the record belong here; new ones are added and belong at once. */
function Input({ field, value, onChange, plain, problems }: InputProps) {
  const owner = useFileOwner();
  const files = useFiles(owner).data?.items ?? [];
  const chosen = list(value);
  const set = (ids: string[]): void => onChange(ids.length > 0 ? ids : undefined);
  return (
    <Group field={field} plain={plain} problems={problems}>
      {owner ? (
        <div className={classes.rows}>
          {files.map((file) => (
            <Checkbox
              key={file.id}
              label={file.name}
              checked={chosen.includes(file.id)}
              onChange={(event) =>
                set(event.currentTarget.checked ? [...chosen, file.id] : chosen.filter((id) => id !== file.id))
              }
            />
          ))}
          <div>
            <Attach owner={owner} onAttached={(ids) => set([...chosen, ...ids])} />
          </div>
        </div>
      ) : (
        <p className={classes.help}>{m.register_file_later()}</p>
      )}
    </Group>
  );
}

function Read({ value }: { value: unknown }) {
  const files = useFiles(useFileOwner()).data?.items ?? [];
  return (
    <ul>
      {list(value).map((id) => (
        <li key={id}>
          <a href={address("/files/{id}", { path: { id } })} download>
            {files.find((file) => file.id === id)?.name ?? id}
          </a>
        </li>
      ))}
    </ul>
  );
}

const textOf = (value: unknown): string => (list(value).length > 0 ? m.register_files({ n: list(value).length }) : "");

/** Files of the record that belong to the field. */
export const files: FieldType = {
  column: "text",
  ops: ["empty", "not_empty"],
  text: (_, value) => textOf(value),
  read: (_, value) => <Read value={value} />,
  Input,
  Filter: numberFilter(() => ""),
};
