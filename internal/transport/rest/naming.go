package rest

import (
	"reflect"
	"strings"
	"unicode"
)

// schemaName names a type in the OpenAPI document by package and type, because many packages have an Info or a List.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name := t.Name()
	if name == "" {
		return camel(hint)
	}
	pkg := t.PkgPath()
	pkg = pkg[strings.LastIndexByte(pkg, '/')+1:]
	if i := strings.IndexByte(name, '['); i >= 0 { // a generic type: name its arguments without their paths
		name = name[:i] + arguments(name[i+1:len(name)-1])
	}
	name = camel(name)
	if prefix := camel(pkg); !strings.HasPrefix(name, prefix) {
		name = prefix + name
	}
	return name
}

// arguments names the type arguments of a generic type, "a/b.C,d.E" as CE.
func arguments(list string) string {
	var b strings.Builder
	for _, part := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == '[' || r == ']' || r == '*' }) {
		part = part[strings.LastIndexByte(part, '/')+1:]
		pkg, name, qualified := strings.Cut(part, ".")
		if !qualified {
			pkg, name = "", part
		}
		b.WriteString(camel(pkg) + camel(name))
	}
	return b.String()
}

func camel(s string) string {
	var b strings.Builder
	up := true
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			up = true
		case up:
			b.WriteRune(unicode.ToUpper(r))
			up = false
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
