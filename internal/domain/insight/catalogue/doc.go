// Package catalogue is the list of figures of a company: the metrics that every instance has, those that people make of
// two activities of a process, who answers for each, and what each says now. It joins the metric engine with the lake
// and the settings. How a figure is computed belongs to engine/metric, what a column means to the intake.
package catalogue
