package portfolio_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"lotse.dev/lotse/internal/engine/portfolio"
)

// BenchmarkMknapcb1 proves a problem of 100 choices with 5 limits.
func BenchmarkMknapcb1(b *testing.B) {
	for k, p := range knapsacks(b, "mknapcb1.txt.gz")[:10] {
		b.Run(fmt.Sprintf("5.100-%02d", k), func(b *testing.B) { bench(b, p) })
	}
}

// BenchmarkChoice200 chooses among 200 with 25 limits and side constraints.
func BenchmarkChoice200(b *testing.B) {
	for seed := range uint64(3) {
		b.Run(fmt.Sprint(seed+1), func(b *testing.B) { bench(b, choiceCase(200, 25, seed+1)) })
	}
}

// BenchmarkStarts chooses start quarters among twelve and reports the gap after 20 seconds.
func BenchmarkStarts(b *testing.B) {
	for _, n := range []int{50, 100, 200} {
		for resources := 2; resources <= 3; resources++ {
			b.Run(fmt.Sprintf("%dx12x%d", n, resources), func(b *testing.B) { bench(b, ownCase(n, 12, resources, 1)) })
		}
	}
}

func bench(b *testing.B, p *portfolio.Problem) {
	b.ReportAllocs()
	for b.Loop() {
		a, err := portfolio.Solve(context.Background(), p, portfolio.Options{Limit: 20 * time.Second})
		if err != nil {
			b.Fatal(err)
		}
		if a.Gap != nil {
			b.ReportMetric(100**a.Gap, "gap%")
		}
	}
}
