package record

import "lotse.dev/lotse/internal/base"

func (k Kind[T]) validate(v *T) error {
	if k.Validate == nil {
		return nil
	}
	if fields := k.Validate(v); len(fields) > 0 {
		return invalid(fields)
	}
	return nil
}

// matches checks what is there against the version that the writer has seen.
func (d *Def) matches(have current, id string, ifVersion int) error {
	switch {
	case ifVersion == AnyVersion:
		return nil
	case ifVersion == New && have.version > 0 && !have.deleted:
		return d.stale(have.version)
	case ifVersion > New && have.version == 0:
		return d.notFound(id)
	case ifVersion > New && ifVersion != have.version:
		return d.stale(have.version)
	}
	return nil
}

func (d *Def) notFound(id string) error {
	return base.Fail(base.NotFound, "record_not_found", base.T("%s „%s“ gibt es nicht.", "%s “%s” does not exist.", d.title(), id))
}

func (d *Def) stale(version int) error {
	return base.Fail(base.Conflict, "stale_version",
		base.T("%s: inzwischen von jemand anderem geändert (jetzt Version %s).",
			"%s: changed by somebody else in the meantime (now version %s).", d.title(), version)).
		WithHint(base.T("Laden Sie die Seite neu und tragen Sie Ihre Änderung noch einmal ein.",
			"Reload the page and enter your change again."))
}

func (d *Def) title() base.Text {
	if d.Title.IsZero() {
		return base.T(d.Name, d.Name)
	}
	return d.Title
}
