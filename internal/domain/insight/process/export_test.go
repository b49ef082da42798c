package process

// RangesOf sets about how many events one query over the attributes of cases takes.
func (s *Service) RangesOf(events int64) { s.perRange = events }
