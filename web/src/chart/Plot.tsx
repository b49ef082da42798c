import { type ReactNode, useRef } from "react";
import { ChartFrame } from "@/kit/ChartFrame";
import { exportTable, fileName, saveBlob } from "@/kit/download";
import { ChartTable } from "./ChartTable";
import { picture } from "./picture";
import type { PlotTable } from "./plot";

interface Props {
  /** Name of downloads and title of exports, plain text. */
  name: string;
  title: ReactNode;
  caption?: ReactNode;
  source?: string;
  explain?: ReactNode;
  legend?: ReactNode;
  table: PlotTable;
  remarks?: string[];
  height?: number;
  children: ReactNode;
}

/** A chart in its frame, with table view, picture and CSV made from what is plotted. */
export function Plot({ name, title, caption, source, explain, legend, table, remarks, height, children }: Props) {
  const plot = useRef<HTMLDivElement>(null);
  const png = async () => {
    if (plot.current) saveBlob(await picture(plot.current, name, source ?? ""), `${fileName(name)}.png`);
  };
  return (
    <ChartFrame
      title={title}
      caption={caption}
      source={source}
      explain={explain}
      legend={legend}
      height={height}
      table={<ChartTable table={table} label={name} />}
      onPng={() => void png()}
      onCsv={() => void exportTable({ name, ...table, meta: { title: name, source, remarks } }, "csv")}
    >
      <div ref={plot}>{children}</div>
    </ChartFrame>
  );
}
