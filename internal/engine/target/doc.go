// Package target judges figures against what a company wants to reach. A *line* is the wanted value over time, in steps
// or straight between its points; a *standing* is what a figure's last complete period says against it. Before its first
// point a line has no value, and a figure that is unknown or rests on too little has no verdict: both are unknown beside a
// remark, never missed.
package target
