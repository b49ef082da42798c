// Package feed renders what is due as a calendar that other programs subscribe to, iCalendar after RFC 5545. Which days
// there are, package notice knows; who may read them, the registers.
package feed
