// Package finance computes business cases: monthly cash flows of uncertain inputs, their present values and what a
// controller asks of them. It computes on what it is handed and knows no record, file, clock or network.
//
// Vocabulary. A *case* has a start month, a horizon of 1 to 120 months, a discount rate and lines. An *input* is one
// number of it, fixed or a range, with its origin. A *slot* is the place of an input, with a path for error messages
// (benefits[2].price) and a key that survives reordering (selfservice.price). A *profile* is how a line spreads over
// the months. The *likely* value of every input together makes the deterministic result.
//
// Classes never sum. Costs and cash benefits make the cash view and its net present value: this alone is the value of
// a case. Avoided cost (money that would otherwise have been spent, but is in no budget) has a present value of its
// own beside it. Released time is a number of hours with a money value of its own beside it; it becomes cash only as
// a cash line that names the use. Other benefits stay in their own unit, month by month. No field, method or
// function adds two classes, and TestNoOutputSumsClasses walks every output to see that. Costs are not divided among
// the classes: the cash view bears all of them, so that it errs on the careful side.
//
// Conventions (docs/decisions/0010-business-case-conventions.md): months count from 1, the start month; the month m
// is discounted by (1 + r)^(m/12) with payments at the end of the month, other timings on request; prices rise once a
// year; amounts are computed unrounded and each reported figure is rounded once, half away from zero, to minor units.
package finance
