package mining

// Distribution describes durations in seconds; quantiles are type 7.
type Distribution struct {
	Min, Median, Mean, P90, Max float64
}

// Summary is the size of a log. First and Last are microseconds: the earliest start or time and the latest time.
type Summary struct {
	Cases, Events, Activities, Variants int64
	First, Last                         int64
	Duration                            Distribution // of cases, from earliest start or time to latest time
}

// Activity is what a log says of one activity.
type Activity struct {
	Name    string
	Events  int64
	Cases   int64 // cases in which it occurs
	Starts  int64 // cases that begin with it
	Ends    int64 // cases that end with it
	Rework  int64 // cases in which it occurs more than once; with a lifecycle only rows that complete count
	Repeats int64 // occurrences beyond the first of a case, counted as Rework
	// Service is the time in seconds from start to end, Wait the waiting time before it: median, mean and p90, nil when
	// no event of the activity has a start or a predecessor, and unless Options.Times asked for them.
	Service, ServiceMean    *float64
	Wait, WaitMean, WaitP90 *float64
}

// Edge is a pair of activities, by number, that follow each other directly.
type Edge struct {
	From, To      int32
	Count         int64
	Cases         int64   // cases that pass it at least once
	Median, Mean  float64 // waiting in seconds
	MedianElapsed float64 // seconds from end to end
	Total         float64 // sum of waiting in seconds
	Negative      int64   // passages whose end lies before the end of the step before
}

// Variant is one sequence of activities, by number, and the cases that share it.
type Variant struct {
	Activities []int32
	Count      int64
	Share      float64
	Duration   Distribution
}

// PingPong is a pair of activities, by number with A below B, between which cases go back and forth: A B A or B A B.
type PingPong struct {
	A, B  int32
	Count int64   // returns
	Cases int64   // cases with at least one return
	Total float64 // sum of the time from end to end over the returns, in seconds
}

// Result is everything that one pass computes. Edges are ordered by count descending, then by names; variants by count
// descending, then by their activities bytewise.
type Result struct {
	Summary     Summary
	Activities  []Activity // by number, as in the source; those that do not occur have zero events
	Edges       []Edge
	Variants    []Variant
	PingPongs   []PingPong // by count descending
	ReworkCases int64      // cases in which any activity occurs more than once

	HasStarts       bool  // at least one event has a start
	HasLifecycle    bool  // the log has a lifecycle
	NegativeElapsed int64 // passages whose end lies before the end of the step before
	NegativeService int64 // events that end before they start
	OneTimeCases    int64 // cases of several events that all bear the same time
	NotComplete     int64 // events that do not complete their activity
}

// CaseFacts is what the pass knows of one case when it has read it. Activities is valid during the call.
type CaseFacts struct {
	Case        int32 // number in the source
	Variant     int32 // number of the variant, see NewVariant; not its rank in Result.Variants
	NewVariant  bool  // first case of its variant
	Activities  []int32
	Distinct    int // number of different activities
	First, Last int64
	Rework      bool
}
