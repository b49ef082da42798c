// The parts of ECharts that the app draws with; loaded only when a line chart is shown.
import { LineChart } from "echarts/charts";
import { GridComponent, MarkAreaComponent, TooltipComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

/** Starts an empty chart in an element. Registering stands inside, because modules of the app count as free of side effects. */
export function start(element: HTMLElement): EChartsType {
  use([LineChart, GridComponent, MarkAreaComponent, TooltipComponent, CanvasRenderer]);
  return init(element, undefined, { renderer: "canvas" });
}
