package auth

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"lotse.dev/lotse/internal/base"
)

// Parameters of argon2id as the OWASP password storage cheat sheet recommends them: 19 MiB, two passes, one lane.
const (
	argonMemory = 19 * 1024
	argonTime   = 2
	argonKey    = 32
)

// Lengths of passwords in characters.
const (
	minPassword = 10
	maxPassword = 200
)

// hashing admits two computations at once, so that a flood of sign-ins cannot fill the memory.
var hashing = make(chan struct{}, 2)

func derive(password string, salt []byte, time, memory uint32) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(password), salt, time, memory, 1, argonKey)
}

// hashPassword returns the PHC form, $argon2id$v=19$m=…,t=…,p=1$salt$key.
func hashPassword(password string) string {
	var salt [16]byte
	rand.Read(salt[:])
	key := derive(password, salt[:], argonTime, argonMemory)
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, argonMemory, argonTime,
		enc.EncodeToString(salt[:]), enc.EncodeToString(key))
}

// decoy is compared when an account does not exist, so that the time of the answer does not tell.
var decoy = hashPassword("nobody knows this one")

// checkPassword compares in constant time; a hash that cannot be read never matches.
func checkPassword(hash, password string) bool {
	var version int
	var memory, time uint32
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		derive(password, []byte("0123456789abcdef"), argonTime, argonMemory)
		return false
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=1", &version, &memory, &time); err != nil {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || version != argon2.Version {
		return false
	}
	return subtle.ConstantTimeCompare(derive(password, salt, time, memory), key) == 1
}

func passwordFields(field, password string) []base.FieldError {
	switch n := utf8.RuneCountInString(password); {
	case n < minPassword:
		return []base.FieldError{{Field: field, Text: base.T("mindestens %s Zeichen", "at least %s characters", minPassword)}}
	case n > maxPassword:
		return []base.FieldError{{Field: field, Text: base.T("höchstens %s Zeichen", "at most %s characters", maxPassword)}}
	}
	return nil
}
