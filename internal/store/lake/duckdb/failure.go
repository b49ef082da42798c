package duckdb

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	bindings "github.com/duckdb/duckdb-go-bindings"

	"lotse.dev/lotse/internal/base"
)

// translate turns a failure of DuckDB into one of ours. What the person can mend (the text of a question, its size)
// says so; the rest is internal and keeps DuckDB's words for the log.
func translate(ctx context.Context, kind bindings.ErrorType, message, sql string) error {
	cause := fmt.Errorf("duckdb: %s (in %.400s)", message, sql)
	switch kind {
	case bindings.ErrorTypeInterrupt:
		if err := context.Cause(ctx); err != nil {
			return err
		}
		return tooLarge().Because(cause)
	case bindings.ErrorTypeOutOfMemory:
		return tooLarge().Because(fmt.Errorf("%w: %w", errMemory, cause))
	case bindings.ErrorTypePermission:
		return base.Fail(base.Forbidden, "sql_forbidden", base.T("Abfragen dürfen nur die Daten lesen, die sie nennen.",
			"Questions may only read the datasets that they name.")).Because(cause)
	case bindings.ErrorTypeParser, bindings.ErrorTypeSyntax, bindings.ErrorTypeBinder, bindings.ErrorTypeCatalog,
		bindings.ErrorTypeConversion, bindings.ErrorTypeOutOfRange, bindings.ErrorTypeMismatchType,
		bindings.ErrorTypeInvalidInput, bindings.ErrorTypeNotImplemented, bindings.ErrorTypeExpression,
		bindings.ErrorTypeParameterNotResolved, bindings.ErrorTypeParameterNotAllowed:
		return invalidSQL(message).Because(cause)
	case bindings.ErrorTypeErrorIO:
		if strings.Contains(message, "No space left") || strings.Contains(message, "max_temp_directory_size") {
			return diskFull().Because(cause)
		}
	}
	return cause
}

func diskFull() *base.Error {
	return base.Fail(base.Unavailable, "disk_full", base.T("Auf dem Datenträger ist kein Platz mehr. Es wurde nichts halb geschrieben.",
		"The disk is full. Nothing was left half-written.")).
		WithHint(base.T("Schaffen Sie Platz auf dem Datenträger des Datenordners und wiederholen Sie den Schritt.",
			"Free some space on the disk of the data folder and repeat the step."))
}

func tooLarge() *base.Error {
	return base.Fail(base.TooLarge, "too_large", base.T("Die Abfrage ist zu groß für diese Instanz.", "The question is too large for this instance.")).
		WithHint(base.T("Schränken Sie Zeitraum oder Filter ein und versuchen Sie es noch einmal.",
			"Narrow the period or the filter and try again."))
}

func invalidSQL(message string) *base.Error {
	first, _, _ := strings.Cut(message, "\n")
	return base.Fail(base.Refused, "sql_invalid", base.T("Der Ausdruck lässt sich nicht auswerten: %s", "The expression cannot be evaluated: %s", first)).
		WithHint(base.T("Prüfen Sie die Namen der Spalten und die Schreibweise.", "Check the names of the columns and the spelling."))
}

// diskFailure gives failures of writing files their own kind, so that a full disk is not called a defect.
func diskFailure(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return diskFull().Because(err)
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return base.Fail(base.Unavailable, "not_writable", base.T("Der Datenordner kann nicht beschrieben werden.", "The data folder cannot be written.")).
			WithHint(base.T("Prüfen Sie Eigentümer und Rechte des Ordners.", "Check owner and permissions of the folder.")).Because(err)
	}
	return err
}

// prepareErrorType reads the kind of a failure from DuckDB's message where it gives none otherwise.
func prepareErrorType(message string) bindings.ErrorType {
	kind, _, _ := strings.Cut(message, " Error:")
	switch kind {
	case "Parser":
		return bindings.ErrorTypeParser
	case "Permission":
		return bindings.ErrorTypePermission
	case "IO":
		return bindings.ErrorTypeErrorIO
	case "Out of Memory":
		return bindings.ErrorTypeOutOfMemory
	case "INTERRUPT":
		return bindings.ErrorTypeInterrupt
	case "INTERNAL":
		return bindings.ErrorTypeInternal
	default:
		return bindings.ErrorTypeBinder
	}
}
