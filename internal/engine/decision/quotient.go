package decision

// DaysOfMonth is how many person-days make a person-month in RICE and WSJF.
const DaysOfMonth = 20

// RICE is reach × impact × confidence ÷ effort (McBride, “RICE: Simple prioritization for product managers”, Intercom
// 2016): reach in people or cases a quarter, impact from 0.25 to 3, confidence from 0 to 1, effort in person-months.
// Low takes the least of what multiplies and the most of what divides. It is unknown without effort.
func RICE(reach, impact Range, confidence float64, effort Range) (Range, bool) {
	if effort.Low <= 0 {
		return Range{}, false
	}
	return Range{
		Low:    reach.Low * impact.Low * confidence / effort.High,
		Likely: reach.Likely * impact.Likely * confidence / effort.Likely,
		High:   reach.High * impact.High * confidence / effort.Low,
	}, true
}

// WSJF is the cost of delay ÷ the size of the job (Reinertsen 2009, chapter 2; the cost of delay as a relative figure as
// in SAFe): what loses most by waiting and is done soonest comes first. It is unknown without a size.
func WSJF(delay, size Range) (Range, bool) {
	if size.Low <= 0 {
		return Range{}, false
	}
	return Range{Low: delay.Low / size.High, Likely: delay.Likely / size.Likely, High: delay.High / size.Low}, true
}
