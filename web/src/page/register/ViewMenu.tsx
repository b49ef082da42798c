import { Button, Checkbox, Menu, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { send } from "@/api";
import { asApiError } from "@/api/error";
import type { KindInfo, ViewItem } from "@/api/types/register";
import { ConfirmDialog, Icon } from "@/kit";
import { m } from "@/paraglide/messages";
import { useRefresh } from "./data";
import classes from "./register.module.css";
import type { RegisterState } from "./state";
import { type RegisterTabs, writeView } from "./views";

/** "Ansicht geändert · sichern": saves what is shown as a view, and keeps the own views. */
export function ViewMenu({
  kind,
  state,
  tabs,
  onOpen,
}: {
  kind: KindInfo;
  state: RegisterState;
  tabs: RegisterTabs;
  onOpen: (view: string) => void;
}): ReactElement | null {
  const refresh = useRefresh();
  const [asking, setAsking] = useState<"save" | "edit" | "delete" | null>(null);
  const [problem, setProblem] = useState("");
  const saved = tabs.current?.saved;
  const mine = saved?.mine ? saved : undefined;
  const close = (): void => setAsking(null);

  const put = async (view: ViewItem, patch: Partial<ViewItem>): Promise<void> => {
    const { name, shared, state: written } = { ...view, ...patch };
    const body = { kind: kind.name, name, shared, state: written };
    await send("put", "/views/{id}", { path: { id: view.id }, ifMatch: view.version, body });
    await refresh();
  };
  const keep = async (): Promise<void> => {
    if (!mine) return setAsking("save");
    setProblem("");
    try {
      await put(mine, { state: writeView(state) });
    } catch (error) {
      setProblem(asApiError(error).message);
    }
  };
  return (
    <span className={classes.views}>
      {problem ? <span role="alert">{problem}</span> : null}
      {tabs.changed ? (
        <>
          {m.register_view_changed()} ·
          <Button variant="subtle" size="xs" onClick={() => void keep()}>
            {m.register_view_save()}
          </Button>
          {mine ? (
            <Button variant="subtle" size="xs" onClick={() => setAsking("save")}>
              {m.register_view_save_new()}
            </Button>
          ) : null}
        </>
      ) : null}
      {mine ? (
        <Menu>
          <Menu.Target>
            <Button variant="subtle" size="xs" aria-label={m.register_view_menu({ name: mine.name })}>
              <Icon name="more" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setAsking("edit")}>{m.register_view_edit()}</Menu.Item>
            <Menu.Item onClick={() => setAsking("delete")}>{m.register_view_delete()}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {asking === "save" ? (
        <ViewDialog
          title={m.register_view_save_title()}
          onClose={close}
          onSave={async (name, shared) => {
            const body = { kind: kind.name, name, shared, state: writeView(state) };
            const made = await send<ViewItem>("post", "/views", { body });
            await refresh();
            onOpen(made.id);
          }}
        />
      ) : null}
      {asking === "edit" && mine ? (
        <ViewDialog
          title={m.register_view_edit()}
          view={mine}
          onClose={close}
          onSave={(name, shared) => put(mine, { name, shared })}
        />
      ) : null}
      <ConfirmDialog
        opened={asking === "delete" && mine !== undefined}
        title={m.register_view_delete_title({ name: mine?.name ?? "" })}
        confirm={m.register_view_delete()}
        destructive
        onClose={close}
        onConfirm={async () => {
          if (!mine) return;
          await send("delete", "/views/{id}", { path: { id: mine.id }, ifMatch: mine.version });
          await refresh();
          onOpen("all");
        }}
      />
    </span>
  );
}

function ViewDialog({
  title,
  view,
  onSave,
  onClose,
}: {
  title: string;
  view?: ViewItem;
  onSave: (name: string, shared: boolean) => Promise<void>;
  onClose: () => void;
}): ReactElement {
  const [name, setName] = useState(view?.name ?? "");
  const [shared, setShared] = useState(view?.shared ?? false);
  return (
    <ConfirmDialog
      opened
      title={title}
      confirm={m.register_save()}
      disabled={name.trim() === ""}
      onClose={onClose}
      onConfirm={() => onSave(name.trim(), shared)}
    >
      <div className={classes.dialog}>
        <TextInput
          label={m.register_view_name()}
          data-autofocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          label={m.register_view_shared()}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
      </div>
    </ConfirmDialog>
  );
}
