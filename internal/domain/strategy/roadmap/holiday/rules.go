package holiday

import (
	"time"

	"lotse.dev/lotse/internal/base"
)

// rules follow the laws of the states. German Unity Day is a holiday by the Unification Treaty of 1990 (article 2,
// paragraph 2), everything else by the law of each state:
//
//	bw  Feiertagsgesetz, version of 8 May 1995
//	by  Feiertagsgesetz of 21 May 1980
//	be  Gesetz über die Sonn- und Feiertage of 28 October 1954; 8 March by the change of 2019, 17 June 2028 by that of 2024
//	bb  Feiertagsgesetz of 21 March 1991, which names Easter Sunday and Whit Sunday as well
//	hb  Gesetz über die Sonn- und Feiertage of 12 November 1954; 31 October by the change of 2018
//	hh  Feiertagsgesetz of 16 October 1953; 31 October by the change of 2018
//	he  Hessisches Feiertagsgesetz, version of 29 December 1971
//	mv  Feiertagsgesetz, version of 8 March 2002; 8 March by the change of 2022, in force since 2023
//	ni  Niedersächsisches Feiertagsgesetz, version of 7 March 1995; 31 October by the change of 2018
//	nw  Feiertagsgesetz NW, version of 23 April 1989
//	rp  Feiertagsgesetz of 15 July 1970
//	sl  Gesetz Nr. 1040 (SFG) of 18 February 1976
//	sn  Sächsisches Sonn- und Feiertagsgesetz of 10 November 1992
//	st  Feiertagsgesetz, version of 25 August 2004
//	sh  Gesetz über Sonn- und Feiertage of 28 June 2004; 31 October by the change of 2018
//	th  Thüringer Feiertagsgesetz of 21 December 1994; 20 September by the change of 2019
var rules = []rule{
	{name: base.T("Neujahr", "New Year's Day"), day: fixed(time.January, 1)},
	{name: base.T("Heilige Drei Könige", "Epiphany"), day: fixed(time.January, 6), states: []string{"bw", "by", "st"}},
	{name: base.T("Frauentag", "Women's Day"), day: fixed(time.March, 8), states: []string{"be", "mv"}, since: map[string]int{"be": 2019, "mv": 2023}},
	{name: base.T("Karfreitag", "Good Friday"), day: easter(-2)},
	{name: base.T("Ostersonntag", "Easter Sunday"), day: easter(0), states: []string{"bb"}},
	{name: base.T("Ostermontag", "Easter Monday"), day: easter(1)},
	{name: base.T("Tag der Arbeit", "Labour Day"), day: fixed(time.May, 1)},
	{name: base.T("Tag der Befreiung", "Liberation Day"), day: fixed(time.May, 8), states: []string{"be"}, only: []int{2020, 2025}},
	{name: base.T("Christi Himmelfahrt", "Ascension Day"), day: easter(39)},
	{name: base.T("Pfingstsonntag", "Whit Sunday"), day: easter(49), states: []string{"bb"}},
	{name: base.T("Pfingstmontag", "Whit Monday"), day: easter(50)},
	{name: base.T("Fronleichnam", "Corpus Christi"), day: easter(60), states: []string{"bw", "by", "he", "nw", "rp", "sl"}},
	{name: base.T("75. Jahrestag des 17. Juni", "75th anniversary of 17 June"), day: fixed(time.June, 17), states: []string{"be"}, only: []int{2028}},
	{name: base.T("Mariä Himmelfahrt", "Assumption Day"), day: fixed(time.August, 15), states: []string{"sl"}},
	{name: base.T("Weltkindertag", "Children's Day"), day: fixed(time.September, 20), states: []string{"th"}, since: map[string]int{"th": 2019}},
	{name: base.T("Tag der Deutschen Einheit", "German Unity Day"), day: fixed(time.October, 3)},
	{name: base.T("Reformationstag", "Reformation Day"), day: fixed(time.October, 31), states: []string{"bb", "hb", "hh", "mv", "ni", "sh", "sn", "st", "th"},
		since: map[string]int{"hb": 2018, "hh": 2018, "ni": 2018, "sh": 2018}},
	{name: base.T("Allerheiligen", "All Saints' Day"), day: fixed(time.November, 1), states: []string{"bw", "by", "nw", "rp", "sl"}},
	{name: base.T("Buß- und Bettag", "Day of Repentance"), day: repentance, states: []string{"sn"}},
	{name: base.T("1. Weihnachtstag", "Christmas Day"), day: fixed(time.December, 25)},
	{name: base.T("2. Weihnachtstag", "Boxing Day"), day: fixed(time.December, 26)},
}
