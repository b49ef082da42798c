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

// Changeable refuses to change a record that is fixed since its version approved, 0 when no version was approved.
func (d *Def) Changeable(approved int) error {
	if !d.Fixed(approved) {
		return nil
	}
	return base.Fail(base.Conflict, "fixed_once_approved", base.T("%s ist freigegeben (Version %s) und steht damit fest.",
		"%s was approved (version %s) and is fixed since then.", d.title(), approved)).
		WithHint(base.T("Legen Sie einen neuen Eintrag an, der den freigegebenen nennt.", "Create a new record that names the approved one."))
}

// Fixed says whether the approval of a version has fixed a record for good.
func (d *Def) Fixed(approved int) bool { return d.FixedOnceApproved && approved > 0 }

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
