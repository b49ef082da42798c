import { Button, Modal, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { send, useGet } from "@/api";
import type { Initiative, Template } from "@/api/types/initiative";
import { Loaded, StatusMark } from "@/kit";
import { readDay } from "@/kit/day";
import { useAct } from "@/kit/useAct";
import { m } from "@/paraglide/messages";
import { initiativeHref, useReread } from "./data";
import classes from "./initiative.module.css";

/** The usual undertakings with their questions, metrics and risks; one of them becomes an initiative. */
export function TemplateDialog({ onClose }: { onClose: () => void }): ReactElement {
  const query = useGet("/initiatives/templates");
  const [name, setName] = useState("");
  return (
    <Modal
      opened
      onClose={onClose}
      title={m.initiative_from_template()}
      size="xl"
      closeButtonProps={{ "aria-label": m.kit_close() }}
    >
      <Loaded query={query} height={420}>
        {(list) => {
          const chosen = list.items.find((item) => item.name === name) ?? list.items[0];
          return (
            <div className={classes.templates}>
              <ul>
                {[...list.items]
                  .sort((a, b) => a.title.localeCompare(b.title))
                  .map((item) => (
                    <li key={item.name}>
                      <button
                        type="button"
                        className={classes.pick}
                        aria-pressed={item.name === chosen?.name}
                        onClick={() => setName(item.name)}
                      >
                        {item.title}
                      </button>
                    </li>
                  ))}
              </ul>
              {chosen ? <About key={chosen.name} template={chosen} /> : null}
            </div>
          );
        }}
      </Loaded>
    </Modal>
  );
}

function About({ template }: { template: Template }): ReactElement {
  const navigate = useNavigate();
  const reread = useReread();
  const act = useAct();
  const [title, setTitle] = useState(template.title);
  const [start, setStart] = useState("");
  const day = start ? readDay(start, "first") : "";
  const make = async (): Promise<void> => {
    const one = await send<Initiative>("post", "/initiatives/from_template", {
      body: { template: template.name, title, ...(day ? { start: day } : {}) },
    });
    await reread();
    await navigate({ to: initiativeHref(one.id) });
  };
  return (
    <div className={classes.about}>
      <p>{template.aim}</p>
      <Part title={m.initiative_questions()} items={template.questions} />
      <Part title={m.initiative_metrics()} items={template.metrics} />
      <Part title={m.initiative_template_risks()} items={template.risks} />
      <Part
        title={m.initiative_milestones()}
        items={template.milestones.map((step) => m.initiative_week({ title: step.title, n: step.week }))}
      />
      <TextInput
        label={m.initiative_col_title()}
        value={title}
        maxLength={200}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <TextInput
        label={m.initiative_template_start()}
        placeholder="01.03.2027"
        value={start}
        error={day === null ? m.initiative_template_day() : undefined}
        onChange={(event) => setStart(event.currentTarget.value)}
      />
      <p className={classes.small}>{m.initiative_template_no_benefit()}</p>
      {act.problem ? (
        <p className={classes.problem} role="alert">
          <StatusMark status="missed" quiet />
          {act.problem}
        </p>
      ) : null}
      <div>
        <Button loading={act.busy} disabled={day === null || title.trim() === ""} onClick={() => void act.run(make)}>
          {m.initiative_template_make()}
        </Button>
      </div>
    </div>
  );
}

function Part({ title, items }: { title: string; items: readonly string[] }): ReactElement {
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}
