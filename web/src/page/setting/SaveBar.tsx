import { Button, Radio } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { type ReactElement, useState } from "react";
import type { Settings, SettingsAnswer } from "@/api/types/setting";
import { StatusMark } from "@/kit";
import { dateTime, personName, time } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { differences, fieldTitle, type SettingField, settingText } from "./describe";
import classes from "./Setting.module.css";
import type { EditedSettings } from "./useSettings";

/** Sichern and Verwerfen with the state of the draft; above it what failed, or both values of a conflict. */
export function SaveBar({ edited, mayWrite }: { edited: EditedSettings; mayWrite: boolean }): ReactElement {
  useHotkeys([["mod+S", () => mayWrite && edited.changed && void edited.save()]], []);
  if (!mayWrite) return <p className={classes.note}>{m.settings_read_only()}</p>;
  return (
    <div className={classes.save}>
      {edited.problem ? (
        <div role="alert" className={classes.problem}>
          <StatusMark status="missed" word={[edited.problem.message, edited.problem.hint].filter(Boolean).join(" ")} />
          <ul>
            {edited.problem.fields.map((field) => (
              <li key={field.field}>{field.text}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {edited.conflict && edited.value && edited.base ? (
        <Conflict
          mine={edited.value}
          base={edited.base}
          theirs={edited.conflict}
          onSave={(value) => void edited.save(value)}
        />
      ) : (
        <div className={classes.buttons}>
          <Button
            disabled={!edited.changed || edited.busy}
            onClick={() => void edited.save()}
            rightSection={<kbd>{m.settings_key_save()}</kbd>}
          >
            {m.settings_save()}
          </Button>
          <Button variant="default" disabled={!edited.changed} onClick={edited.discard}>
            {m.settings_discard()}
          </Button>
        </div>
      )}
      <p className={classes.note} role="status">
        {edited.changed && edited.draftAt
          ? m.settings_draft({ at: time(edited.draftAt), version: String(edited.baseVersion) })
          : edited.saved?.updated_at
            ? m.settings_saved({
                at: dateTime(edited.saved.updated_at),
                by: personName(edited.saved.updated_by),
                version: String(edited.saved.version),
              })
            : m.settings_never()}
      </p>
    </div>
  );
}

/** Somebody else saved in between: both values side by side, one choice per field. */
function Conflict({
  mine,
  base,
  theirs,
  onSave,
}: {
  mine: Settings;
  base: Settings;
  theirs: SettingsAnswer;
  onSave: (value: Settings) => void;
}): ReactElement {
  // What this person did not touch is no conflict: there the newer value holds.
  const touched = differences(mine, base);
  const fields = differences(mine, theirs.value).filter((field) => touched.includes(field));
  const [choice, setChoice] = useState<Partial<Record<SettingField, "mine" | "theirs">>>({});
  const merged = (): Settings => {
    const out = { ...theirs.value };
    for (const field of fields) {
      if ((choice[field] ?? "mine") === "mine") Object.assign(out, { [field]: mine[field] });
    }
    return out;
  };
  return (
    <div className={classes.conflict} role="alert">
      <p>
        <StatusMark
          status="restated"
          word={m.settings_conflict({
            by: personName(theirs.updated_by),
            at: theirs.updated_at ? dateTime(theirs.updated_at) : "",
          })}
        />
      </p>
      {fields.map((field) => (
        <Radio.Group
          key={field}
          label={fieldTitle(field)}
          value={choice[field] ?? "mine"}
          onChange={(value) => setChoice({ ...choice, [field]: value as "mine" | "theirs" })}
        >
          <div className={classes.options}>
            <Radio value="mine" label={m.settings_mine({ value: settingText(mine, field) })} />
            <Radio value="theirs" label={m.settings_theirs({ value: settingText(theirs.value, field) })} />
          </div>
        </Radio.Group>
      ))}
      <Button onClick={() => onSave(merged())}>{m.settings_save_choice()}</Button>
    </div>
  );
}
