import { TextInput, useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, type ReactElement, useState } from "react";
import { send } from "@/api";
import { type ApiError, asApiError } from "@/api/error";
import { parseSearch } from "@/kit/url";
import { m } from "@/paraglide/messages";
import { useLanguage } from "@/shell/language";
import { refreshSession, useSession, useWindowTitle } from "@/shell/session";
import { AuthFrame, Welcome } from "./AuthFrame";
import { DoorButton, DoorProblem, PasswordField } from "./AuthParts";

/** The page to return to after signing in; only addresses inside the app. */
export function returnTo(search: string): string {
  const wanted = parseSearch(search).weiter;
  const path = Array.isArray(wanted) ? wanted[0] : wanted;
  return path?.startsWith("/") && !path.startsWith("//") && !path.startsWith("/anmelden") ? path : "/";
}

export default function SignInPage(): ReactElement {
  const { session } = useSession();
  const { locale, change } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const client = useQueryClient();
  const router = useRouter();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiError | null>(null);
  useWindowTitle(m.auth_sign_in());

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const target = returnTo(window.location.search);
    try {
      await send("post", "/session", { body: { email: email.trim(), password } });
      const { user } = await refreshSession(client);
      router.history.replace(target);
      if (user && user.scheme !== "auto") setColorScheme(user.scheme);
      if (user && user.lang !== locale) change(user.lang);
    } catch (error) {
      setProblem(asApiError(error));
      setBusy(false);
    }
  };

  return (
    <AuthFrame aside={<Welcome />}>
      <div>
        <h1>{m.auth_sign_in()}</h1>
        <p>{session?.instance.name ? m.auth_to({ name: session.instance.name }) : m.auth_to_lotse()}</p>
      </div>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          label={m.auth_email()}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <PasswordField
          label={m.auth_password()}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <DoorProblem>{problem ? [problem.message, problem.hint].filter(Boolean).join(" ") : null}</DoorProblem>
        <DoorButton busy={busy || email.trim() === "" || password === ""}>{m.auth_sign_in()}</DoorButton>
      </form>
      <p>{m.auth_forgotten()}</p>
    </AuthFrame>
  );
}
