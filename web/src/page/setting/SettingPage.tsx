import { useNavigate, useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { PageTitle, Tabs } from "@/kit";
import { m } from "@/paraglide/messages";
import { AssumptionPart } from "./AssumptionPart";
import { CompanyPart } from "./CompanyPart";
import { HistoryPart } from "./HistoryPart";
import { OwnPart } from "./OwnPart";
import { ProcessPart } from "./ProcessPart";

const parts = ["firma", "prozesse", "annahmen", "verlauf", "konto"] as const;
type Part = (typeof parts)[number];

function partTitle(part: Part): string {
  switch (part) {
    case "firma":
      return m.settings_company();
    case "prozesse":
      return m.settings_processes();
    case "annahmen":
      return m.settings_assumptions();
    case "verlauf":
      return m.settings_history();
    case "konto":
      return m.settings_own();
  }
}

function View({ part }: { part: Part }): ReactElement {
  switch (part) {
    case "firma":
      return <CompanyPart />;
    case "prozesse":
      return <ProcessPart />;
    case "annahmen":
      return <AssumptionPart />;
    case "verlauf":
      return <HistoryPart />;
    case "konto":
      return <OwnPart />;
  }
}

/** What the company tells Lotse about itself, in parts that each have an address. */
export default function SettingPage(): ReactElement {
  const { part: wanted } = useParams({ strict: false }) as { part?: string };
  const part = parts.find((one) => one === wanted) ?? "firma";
  const navigate = useNavigate();
  return (
    <>
      <PageTitle sub={m.settings_sub()}>{m.settings_title()}</PageTitle>
      <Tabs
        label={m.settings_title()}
        value={part}
        tabs={parts.map((value) => ({ value, label: partTitle(value) }))}
        onChange={(value) => void navigate({ to: `/einstellungen/${value}`, resetScroll: false })}
      >
        <View key={part} part={part} />
      </Tabs>
    </>
  );
}
