// Package register turns kinds of records into operations: list, group, read, create, change, delete, restore,
// history, approval, links and many changes at once, each checked against the policy of the kind. A kind brings its
// fields and rules; package record keeps the values; package auth says who may.
package register
