package portfolio

import "math"

// heap holds open nodes, the one with the highest bound first. When it grows beyond maxOpen it gives the one put in
// last instead, so that memory stays bounded.
type heap struct{ nodes []*node }

func (h *heap) empty() bool { return len(h.nodes) == 0 }

// best is the highest bound, −∞ when empty.
func (h *heap) best() float64 {
	if h.empty() {
		return math.Inf(-1)
	}
	return h.nodes[0].bound
}

func (h *heap) less(a, b *node) bool {
	return a.bound > b.bound || a.bound == b.bound && a.depth > b.depth
}

func (h *heap) push(n *node) {
	h.nodes = append(h.nodes, n)
	i := len(h.nodes) - 1
	for i > 0 && h.less(h.nodes[i], h.nodes[(i-1)/2]) {
		h.nodes[i], h.nodes[(i-1)/2] = h.nodes[(i-1)/2], h.nodes[i]
		i = (i - 1) / 2
	}
}

func (h *heap) pop() *node {
	last := len(h.nodes) - 1
	if last < 0 {
		return nil
	}
	if last >= maxOpen {
		n := h.nodes[last]
		h.nodes = h.nodes[:last]
		return n
	}
	n := h.nodes[0]
	h.nodes[0] = h.nodes[last]
	h.nodes[last] = nil
	h.nodes = h.nodes[:last]
	for i := 0; ; {
		k := i
		for c := 2*i + 1; c <= 2*i+2 && c < last; c++ {
			if h.less(h.nodes[c], h.nodes[k]) {
				k = c
			}
		}
		if k == i {
			return n
		}
		h.nodes[i], h.nodes[k] = h.nodes[k], h.nodes[i]
		i = k
	}
}
