package record

import "lotse.dev/lotse/internal/base"

func (k Kind[T]) validate(v *T) error {
	if k.Validate == nil {
		return nil
	}
	fields := k.Validate(v)
	if len(fields) == 0 {
		return nil
	}
	e := base.Fail(base.Refused, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
	e.Fields = fields
	return e
}

// matches checks what is there against the version that the writer has seen.
func (k Kind[T]) matches(have current, id string, ifVersion int) error {
	switch {
	case ifVersion == AnyVersion:
		return nil
	case ifVersion == New && have.version > 0 && !have.deleted:
		return k.stale(id, have.version)
	case ifVersion > New && have.version == 0:
		return k.notFound(id)
	case ifVersion > New && ifVersion != have.version:
		return k.stale(id, have.version)
	}
	return nil
}

func (k Kind[T]) notFound(id string) error {
	return base.Fail(base.NotFound, "record_not_found", base.T("%s „%s“ gibt es nicht.", "%s “%s” does not exist.", k.title(), id))
}

func (k Kind[T]) stale(id string, version int) error {
	return base.Fail(base.Conflict, "stale_version",
		base.T("%s wurde inzwischen von jemand anderem geändert (jetzt Version %s).",
			"%s was changed by somebody else in the meantime (now version %s).", k.title(), version)).
		WithHint(base.T("Laden Sie die Seite neu und tragen Sie Ihre Änderung noch einmal ein.",
			"Reload the page and enter your change again."))
}

func (k Kind[T]) title() base.Text {
	if k.Title.IsZero() {
		return base.T(k.Name, k.Name)
	}
	return k.Title
}
