// Package web serves the built web app from inside the binary: pages with a nonce in their content security policy,
// hashed assets for ever, every other path as the one page. The files are built in only with the tag webui, so that
// Go tests need no node.
package web
