import { Button, PasswordInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useState } from "react";
import { send } from "@/api";
import { type ApiError, asApiError } from "@/api/error";
import { Facts, Section, StatusMark } from "@/kit";
import { m } from "@/paraglide/messages";
import { useSession } from "@/shell/session";
import { CalendarForm } from "./CalendarForm";
import classes from "./Setting.module.css";

/** The own account: who one is, and a new password. */
export function OwnPart(): ReactElement {
  const { session } = useSession();
  const user = session?.user;
  return (
    <div className={classes.part}>
      <Section title={m.settings_own()} first>
        <Facts
          items={[
            { label: m.auth_name(), value: user?.name ?? "" },
            { label: m.auth_email(), value: user?.email ?? "" },
          ]}
        />
      </Section>
      <PasswordForm />
      <CalendarForm />
    </div>
  );
}

function PasswordForm(): ReactElement {
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [done, setDone] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblem(null);
    setDone(false);
    try {
      await send("put", "/session/password", { body: { old, new: next } });
      setOld("");
      setNext("");
      setDone(true);
    } catch (error) {
      setProblem(asApiError(error));
    }
  };
  const toggle = { "aria-label": m.auth_show_password(), tabIndex: 0 };
  return (
    <Section title={m.settings_password()}>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <PasswordInput
          label={m.settings_password_old()}
          autoComplete="current-password"
          visibilityToggleButtonProps={toggle}
          value={old}
          error={problem?.field("old") ?? (problem && problem.fields.length === 0 ? problem.message : undefined)}
          onChange={(event) => setOld(event.target.value)}
        />
        <PasswordInput
          label={m.auth_new_password()}
          description={m.auth_strength_hint({ n: "10" })}
          autoComplete="new-password"
          visibilityToggleButtonProps={toggle}
          value={next}
          error={problem?.field("new") ?? problem?.field("password")}
          onChange={(event) => setNext(event.target.value)}
        />
        <div className={classes.buttons}>
          <Button type="submit" disabled={old === "" || next.length < 10}>
            {m.settings_password_change()}
          </Button>
          <span role="status">{done ? <StatusMark status="fulfilled" word={m.settings_password_done()} /> : null}</span>
        </div>
      </form>
    </Section>
  );
}
