import { Input as Base, Button, Textarea } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { m } from "@/paraglide/messages";
import type { FieldType, InputProps } from "./field";
import classes from "./field.module.css";
import { TextFilter } from "./filters";
import { FieldLabel, shell } from "./shell";

const Markdown = lazy(() => import("./markdown/Markdown"));

function Input(props: InputProps) {
  const { field, plain, value, onChange } = props;
  const [preview, setPreview] = useState(false);
  const words = typeof value === "string" ? value : "";
  if (preview) {
    return (
      <Base.Wrapper label={<FieldLabel field={field} />} labelElement="div" error={props.problems?.[""]}>
        <div className={classes.preview}>
          <Suspense fallback={null}>
            <Markdown text={words} />
          </Suspense>
        </div>
        <Button variant="subtle" size="xs" className={classes.toggle} onClick={() => setPreview(false)}>
          {m.register_write()}
        </Button>
      </Base.Wrapper>
    );
  }
  return (
    <div>
      <Textarea
        {...shell(props)}
        autosize
        minRows={plain ? 1 : 3}
        maxRows={24}
        value={words}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
      {words && !plain ? (
        <Button variant="subtle" size="xs" className={classes.toggle} onClick={() => setPreview(true)}>
          {m.register_preview()}
        </Button>
      ) : null}
    </div>
  );
}

/** A long text in Markdown. */
export const longtext: FieldType = {
  column: "text",
  text: (_, value) => (typeof value === "string" ? value : ""),
  cell: (_, value) => (typeof value === "string" ? value.split("\n", 1)[0]?.replace(/^#+\s*/, "") : null),
  read: (_, value) =>
    typeof value === "string" ? (
      <Suspense fallback={value}>
        <Markdown text={value} />
      </Suspense>
    ) : null,
  Input,
  Filter: TextFilter,
};
