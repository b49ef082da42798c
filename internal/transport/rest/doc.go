// Package rest renders operations as HTTP: routes with checked input, the OpenAPI 3.1 document, errors with one
// status per kind, sign-in by cookie, token or socket, permission, language, limits and security headers. It knows
// no business rule; an operation says what it does and auth says who may.
package rest
