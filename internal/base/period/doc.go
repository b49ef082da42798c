// Package period knows the calendar of a company: civil dates, days, ISO weeks, months, fiscal quarters and fiscal
// years in the company's time zone, the period before and the year before, their keys and labels, and the instants at
// which they begin, also on days that summer time makes shorter or longer. What is measured in a period belongs to
// others.
package period
