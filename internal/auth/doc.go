// Package auth knows who asks and what they may do: accounts with argon2id passwords, sessions, API tokens, one-time
// links, the three roles and the one table from role to permission. How a request carries its proof (cookie, header,
// socket) belongs to the transports.
package auth
