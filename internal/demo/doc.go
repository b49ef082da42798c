// Package demo invents Nordhafen Technik GmbH, a trading and making company with 60 months of orders, purchases and
// customer requests, and brings it into an instance through the same intake as real files.
//
// Everything follows from a seed: the same seed, scale and last month give the same bytes. What is true in the
// invented world (season, trend, an outage, a drift, changes with and without effect) is kept as data in Truth, so
// that later methods can be judged by it. Volume grows linearly with the scale while memory stays bounded: orders are
// made day by day and written at once. What facts mean and how they are read belongs to the intake.
package demo
