import { TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { type FormEvent, type ReactElement, useState } from "react";
import { send, useGet } from "@/api";
import { type ApiError, asApiError } from "@/api/error";
import type { OneTime } from "@/api/types/session";
import { AppLink } from "@/kit";
import { age } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { refreshSession, useWindowTitle } from "@/shell/session";
import { AuthFrame, Welcome } from "./AuthFrame";
import { DoorButton, DoorProblem, minPassword, PasswordField, PasswordStrength } from "./AuthParts";

function words(purpose: OneTime["purpose"]): { title: string; lead: string; button: string } {
  switch (purpose) {
    case "first":
      return { title: m.auth_first(), lead: m.auth_first_lead(), button: m.auth_create() };
    case "invite":
      return { title: m.auth_first(), lead: m.auth_invite_lead(), button: m.auth_create() };
    case "reset":
      return { title: m.auth_reset(), lead: m.auth_reset_lead(), button: m.auth_reset_button() };
  }
}

/** A one-time link: the first account, an invitation, or a new password. */
export default function OneTimePage(): ReactElement {
  const { token = "" } = useParams({ strict: false }) as { token?: string };
  const query = useGet("/one_time/{token}", { path: { token } }, { staleTime: Number.POSITIVE_INFINITY, retry: false });
  useWindowTitle(query.data ? words(query.data.purpose).title : "");
  return (
    <AuthFrame aside={<Welcome />}>
      {query.data ? (
        <OneTimeForm token={token} link={query.data} />
      ) : query.error ? (
        <>
          <h1>{m.auth_link_dead()}</h1>
          <p>{[query.error.message, query.error.hint || m.auth_link_dead_hint()].filter(Boolean).join(" ")}</p>
          <p>
            <AppLink href="/anmelden">{m.auth_sign_in()}</AppLink>
          </p>
        </>
      ) : (
        <h1 aria-busy="true">{m.auth_link_look()}</h1>
      )}
    </AuthFrame>
  );
}

function OneTimeForm({ token, link }: { token: string; link: OneTime }): ReactElement {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [email, setEmail] = useState(link.email);
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const { title, lead, button } = words(link.purpose);
  const newAccount = link.purpose !== "reset";
  const ready = password.length >= minPassword && (!newAccount || (name.trim() !== "" && email.trim() !== ""));
  const left = (new Date(link.expires_at).getTime() - Date.now()) / 1000;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const body = newAccount ? { name: name.trim(), email: email.trim(), password } : { password };
      await send("post", "/one_time/{token}", { path: { token }, body });
      await refreshSession(client);
      await navigate({ to: "/", replace: true });
    } catch (error) {
      setProblem(asApiError(error));
      setBusy(false);
    }
  };

  return (
    <>
      <div>
        <h1>{title}</h1>
        <p>{lead}</p>
      </div>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {newAccount ? (
          <>
            <TextInput
              label={m.auth_name()}
              autoComplete="name"
              autoFocus
              value={name}
              error={problem?.field("name")}
              onChange={(event) => setName(event.target.value)}
            />
            <TextInput
              label={m.auth_email()}
              type="email"
              autoComplete="username"
              value={email}
              readOnly={link.purpose === "invite"}
              error={problem?.field("email")}
              onChange={(event) => setEmail(event.target.value)}
            />
          </>
        ) : (
          <TextInput label={m.auth_email()} type="email" autoComplete="username" value={email} readOnly />
        )}
        <PasswordField
          label={newAccount ? m.auth_password() : m.auth_new_password()}
          autoComplete="new-password"
          value={password}
          error={problem?.field("password")}
          onChange={(event) => setPassword(event.target.value)}
        />
        <PasswordStrength password={password} />
        <DoorProblem>
          {problem && problem.fields.length === 0 ? [problem.message, problem.hint].filter(Boolean).join(" ") : null}
        </DoorProblem>
        <DoorButton busy={busy || !ready}>{button}</DoorButton>
      </form>
      <p>{m.auth_link_life({ left: age(left) })}</p>
    </>
  );
}
