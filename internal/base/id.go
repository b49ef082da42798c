package base

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strings"
	"time"
)

var idEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewID returns 26 characters that sort by the given time (48 bits of milliseconds) and are otherwise random
// (80 bits), in Crockford's alphabet without i, l, o, u.
func NewID(now time.Time) string {
	var b [16]byte
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(now.UnixMilli()))
	copy(b[:6], ms[2:])
	rand.Read(b[6:])
	return strings.ToLower(idEncoding.EncodeToString(b[:]))
}

// NextID returns the n-th id that follows from one of NewID: the same for the same two, with the same time.
func NextID(id string, n int64) string {
	first, _ := idEncoding.DecodeString(id) // what is no id gives one without a time
	rest := sha256.Sum256(fmt.Appendf(nil, "%s %d", id, n))
	var b [16]byte
	copy(b[6:], rest[:])
	copy(b[:6], first)
	return idEncoding.EncodeToString(b[:])
}

// NewSecret returns 256 random bits as text for links and tokens.
func NewSecret() string {
	var b [32]byte
	rand.Read(b[:])
	return strings.ToLower(idEncoding.EncodeToString(b[:]))
}
