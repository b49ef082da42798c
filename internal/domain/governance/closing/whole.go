package closing

import "context"

// Whole is a closing with its rows and what the facts say of it today, for a reader who may read it.
func (s *Service) Whole(ctx context.Context, c *Kept) (*View, error) { return s.view(ctx, c.Doc, true) }
