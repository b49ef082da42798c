import type { ReactElement } from "react";
import type { KindInfo } from "@/api/types/register";
import { AppLink, Empty, Loaded, PageTitle, Section } from "@/kit";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { useKinds } from "./data";
import { groupsOf } from "./groups";
import classes from "./register.module.css";

/** Every register that the person may open, by its group, with how much is in it. */
export default function RegisterOverviewPage(): ReactElement {
  const query = useKinds();
  return (
    <Loaded query={query} height={400}>
      {(list) => {
        const count = list.items.reduce((sum, kind) => sum + kind.count, 0);
        if (list.items.length === 0) {
          return <Empty page icon="lock" title={m.register_none_title()} text={m.register_none_text()} />;
        }
        return (
          <>
            <PageTitle sub={m.register_overview_sub()}>
              {m.register_overview_title({ n: count, count: int(count), kinds: int(list.items.length) })}
            </PageTitle>
            {groupsOf(list.items).map((group, index) => (
              <Section key={group.name} title={group.title} first={index === 0}>
                <ul className={classes.kinds}>
                  {group.kinds.map((kind) => (
                    <KindRow key={kind.name} kind={kind} />
                  ))}
                </ul>
              </Section>
            ))}
          </>
        );
      }}
    </Loaded>
  );
}

function KindRow({ kind }: { kind: KindInfo }): ReactElement {
  const fields = kind.fields.filter((field) => field.list && field.name !== kind.heading).slice(0, 4);
  return (
    <li>
      <AppLink href={`/register/${kind.name}`} className={classes.kind}>
        <strong>{kind.many}</strong>
        <span>{fields.map((field) => field.title).join(", ")}</span>
        <span className={classes.count}>{int(kind.count)}</span>
      </AppLink>
    </li>
  );
}
