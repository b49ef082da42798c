import { Button, Menu } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { asApiError } from "@/api/error";
import { m } from "@/paraglide/messages";
import { type ExportTable, exportTable } from "./download";
import classes from "./ExportMenu.module.css";
import { Icon } from "./Icon";

/** One way to take something out of Lotse. */
export interface ExportItem {
  label: string;
  run: () => void | Promise<void>;
}

/** Ways that belong together, with a line that says what they give. */
export interface ExportGroup {
  note?: string;
  items: ExportItem[];
}

/** A table as CSV and as XLSX; it is made only when it is asked for. */
export function tableItems(table: () => ExportTable | Promise<ExportTable>): ExportItem[] {
  return [
    { label: "CSV", run: async () => exportTable(await table(), "csv") },
    { label: "Excel (XLSX)", run: async () => exportTable(await table(), "xlsx") },
  ];
}

/** Printing the page. */
export function printItem(): ExportItem {
  // The menu is gone before the dialog of the browser takes the picture.
  return { label: m.kit_print(), run: () => void window.setTimeout(() => window.print(), 150) };
}

/** The button "Ausgeben" with everything that can be taken out here; quiet above a table, framed in the head of a page. */
export function ExportMenu({
  groups,
  quiet = false,
}: {
  groups: readonly ExportGroup[];
  quiet?: boolean;
}): ReactElement {
  const [problem, setProblem] = useState("");
  const run = async (item: ExportItem): Promise<void> => {
    setProblem("");
    try {
      await item.run();
    } catch (error) {
      setProblem(asApiError(error).message);
    }
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant={quiet ? "subtle" : "default"}
            leftSection={<Icon name="download" />}
            rightSection={quiet ? undefined : <Icon name="down" size={12} />}
          >
            {m.kit_export()}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {groups.map((group, i) => [
            i > 0 ? <Menu.Divider key={`line-${group.items[0]?.label}`} /> : null,
            group.note ? <Menu.Label key={group.note}>{group.note}</Menu.Label> : null,
            ...group.items.map((item) => (
              <Menu.Item key={`${group.note}-${item.label}`} onClick={() => void run(item)}>
                {item.label}
              </Menu.Item>
            )),
          ])}
        </Menu.Dropdown>
      </Menu>
      {problem ? (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      ) : null}
    </>
  );
}
