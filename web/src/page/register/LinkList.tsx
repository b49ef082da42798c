import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { KindInfo, RecordOne } from "@/api/types/register";
import { AppLink, Loaded } from "@/kit";
import { nameOf, useKinds } from "@/kit/field/names";
import { m } from "@/paraglide/messages";
import classes from "./register.module.css";

export interface LinkedRecord {
  kind: string;
  id: string;
  name: string;
  title: string;
}

/** What a record points at itself, field by field, also inside its tables. */
export function forwardLinks(kind: KindInfo, record: RecordOne): LinkedRecord[] {
  const out: LinkedRecord[] = [];
  const walk = (fields: KindInfo["fields"], value: Record<string, unknown>, above: string): void => {
    for (const field of fields) {
      const found = value[field.name];
      if (field.type === "table" && Array.isArray(found)) {
        for (const row of found) walk(field.fields, row as Record<string, unknown>, field.title);
        continue;
      }
      if (!field.to || found === undefined) continue;
      for (const id of Array.isArray(found) ? found : [found]) {
        const title = above ? `${above}, ${field.title}` : field.title;
        out.push({ kind: field.to, id: String(id), name: nameOf(field.to, String(id)), title });
      }
    }
  };
  walk(kind.fields, record.value, "");
  const seen = new Set<string>();
  return out.filter((one) => {
    const key = `${one.title}/${one.kind}/${one.id}`;
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  });
}

/** The records that point here, read from the server. */
export function useBackLinks(kind: KindInfo, id: string) {
  return useGet("/records/{kind}/{id}/links", { path: { kind: kind.name, id } }, { placeholderData: undefined });
}

/** What a record points at and what points at it. */
export function LinkLists({ kind, record }: { kind: KindInfo; record: RecordOne }): ReactElement {
  const query = useBackLinks(kind, record.id);
  const forward = forwardLinks(kind, record);
  return (
    <div className={classes.links}>
      <h3>{m.register_links_forward()}</h3>
      {forward.length > 0 ? <Rows links={forward} /> : <p className={classes.note}>{m.register_links_none()}</p>}
      <h3>{m.register_links_back()}</h3>
      <Loaded query={query} height={80}>
        {(list) => {
          const back = list.items.filter((one) => one.back);
          return back.length > 0 ? (
            <Rows links={back} />
          ) : (
            <p className={classes.note}>{m.register_links_back_none()}</p>
          );
        }}
      </Loaded>
    </div>
  );
}

function Rows({ links }: { links: LinkedRecord[] }): ReactElement {
  const { data } = useKinds();
  const oneOf = (name: string): string => data?.items.find((kind) => kind.name === name)?.one ?? "";
  return (
    <ul className={classes.linkRows}>
      {links.map((link) => (
        <li key={`${link.title}/${link.kind}/${link.id}`}>
          <AppLink href={`/register/${link.kind}/${link.id}`}>{link.name || link.id}</AppLink>
          <span>{[oneOf(link.kind), link.title].filter(Boolean).join(" · ")}</span>
        </li>
      ))}
    </ul>
  );
}
